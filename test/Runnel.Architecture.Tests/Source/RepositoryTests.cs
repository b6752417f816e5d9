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
                "Runnel.Streams", "Runnel.Streams.AspNetCore", "Runnel.Streams.Sqlite", "Runnel.Providers",
                "Runnel.Server",
            },
            Repository.Tree.ProductionProjects.Select(project => project.Name).ToHashSet());

    [Fact]
    public void Files_AreWalked_WhereThereIsNoGit()
    {
        var root = Directory.CreateTempSubdirectory("runnel-");
        try
        {
            string[] kept = ["README.md", "src/A/B.cs"];
            string[] built =
            [
                "artifacts/a.cs", "src/A/bin/a.cs", "src/A/obj/a.cs", "clients/web/node_modules/a/a.js", "clients/web/dist/a.js",
            ];
            foreach (var path in kept.Concat(built).Append("src/A/picture.bin"))
            {
                var file = new FileInfo(Path.Combine(root.FullName, path));
                file.Directory!.Create();
                File.WriteAllText(file.FullName, file.Extension == ".bin" ? "\0" : "text");
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
            var expected = $"{rule.Namespace}.{rule.Name[..^"Rule".Length]}Tests";
            var tests = types.SingleOrDefault(type => type.FullName == expected);
            Assert.NotNull(tests);
            var names = tests.GetMethods().Select(method => method.Name).ToList();
            Assert.Contains(names, name => name.StartsWith("Repository_", StringComparison.Ordinal));
            Assert.Contains(names, name => name.StartsWith("Rule_Reports", StringComparison.Ordinal));
        });
    }
}
