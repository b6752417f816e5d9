using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Direction;

/// <summary>Production projects refer to each other as this table says. Tests may refer to anything.</summary>
internal sealed class ProjectReferenceRule : IRule
{
    private static readonly Dictionary<string, string[]> allowed = new()
    {
        ["Runnel.Streams"] = [],
        ["Runnel.Streams.AspNetCore"] = ["Runnel.Streams"],
        ["Runnel.Streams.Sqlite"] = ["Runnel.Streams"],
        ["Runnel.Streams.Postgres"] = ["Runnel.Streams"],
        ["Runnel.Providers"] = [],
        ["Runnel.Server"] =
        [
            "Runnel.Streams", "Runnel.Streams.AspNetCore", "Runnel.Streams.Sqlite", "Runnel.Streams.Postgres",
            "Runnel.Providers",
        ],
    };

    public IEnumerable<Violation> Check(SourceTree tree)
    {
        foreach (var project in tree.ProductionProjects)
        {
            if (!allowed.TryGetValue(project.Name, out var targets))
            {
                yield return project.File.Breaks(this, 1, $"{project.Name} is not in the table of {GetType().Name}");
                continue;
            }

            foreach (var file in tree.BuildFilesOf(project))
                foreach (var reference in file.ProjectReferences.Where(item => !targets.Contains(item.Include)))
                    yield return file.File.Breaks(
                        this,
                        reference.Line,
                        $"{project.Name} may not refer to {reference.Include}");
        }
    }
}
