using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Shape;

/// <summary>
/// The top-level folders of a project use each other in one direction. Its root is one of them in a library; the root of
/// the server composes everything, and what it holds may be used by all.
/// </summary>
internal sealed class FolderCycleRule : IRule
{
    private static readonly string[] composed = ["Runnel.Server"];

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from project in tree.ProductionProjects
        let graph = new FolderGraph(project, [.. tree.CSharpOf(project)], withRoot: !composed.Contains(project.Name))
        from cycle in graph.Cycles()
        select cycle[0].File.Breaks(this, cycle[0].Line, $"folders use each other: {string.Join(", ", cycle)}");
}
