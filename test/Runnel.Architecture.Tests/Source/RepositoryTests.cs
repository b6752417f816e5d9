namespace Runnel.Architecture.Tests.Source;

public sealed class RepositoryTests
{
    [Fact]
    public void Tree_HoldsTheSourcesAndNothingThatIsBuilt()
    {
        var paths = Repository.Tree.Files.Select(file => file.Path).ToList();

        Assert.Contains("Runnel.slnx", paths);
        Assert.Contains("src/Runnel.Server/Program.cs", paths);
        Assert.Contains("test/Runnel.Architecture.Tests/Source/RepositoryTests.cs", paths);
        Assert.DoesNotContain(paths, path => path.StartsWith("artifacts/", StringComparison.Ordinal));
        Assert.All(Repository.Tree.CSharp, file => Assert.NotNull(Repository.Tree.ProjectOf(file)));
    }

    [Fact]
    public void Tree_HoldsEveryProductionProject() =>
        Assert.Superset(
            new HashSet<string>
            {
                "Runnel.Streams", "Runnel.Streams.AspNetCore", "Runnel.Streams.Sqlite", "Runnel.Providers", "Runnel.Server",
            },
            Repository.Tree.ProductionProjects.Select(project => project.Name).ToHashSet());

    [Fact]
    public void Files_AreWalked_WhereThereIsNoGit()
    {
        var root = Directory.CreateTempSubdirectory("runnel-");
        try
        {
            string[] kept = ["README.md", "src/A/B.cs"];
            string[] built = ["artifacts/a.cs", "src/A/bin/a.cs", "src/A/obj/a.cs", "clients/web/node_modules/a/a.js"];
            foreach (var path in kept.Concat(built).Append("src/A/picture.bin"))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root.FullName, path))!);
                File.WriteAllText(Path.Combine(root.FullName, path), path.EndsWith(".bin", StringComparison.Ordinal) ? "\0" : "text");
            }

            Assert.Equal(kept, Repository.Read(root.FullName).Files.Select(file => file.Path));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public void EveryRule_IsHeldAgainstTheRepository_AndAgainstAPlantedViolation()
    {
        var types = typeof(RepositoryTests).Assembly.GetTypes();
        var rules = types.Where(type => type.IsAssignableTo(typeof(IRule)) && type.IsClass).ToList();

        Assert.NotEmpty(rules);
        Assert.All(rules, rule =>
        {
            var name = $"{rule.Namespace}.{rule.Name[..^"Rule".Length]}Tests";
            var tests = types.SingleOrDefault(type => type.FullName == name);
            Assert.NotNull(tests);
            Assert.Contains(tests.GetMethods(), method => method.Name.StartsWith("Repository_", StringComparison.Ordinal));
            Assert.Contains(tests.GetMethods(), method => method.Name.StartsWith("Rule_Reports", StringComparison.Ordinal));
        });
    }
}
