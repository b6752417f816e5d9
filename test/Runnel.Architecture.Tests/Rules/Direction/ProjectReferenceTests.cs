using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Direction;

public sealed class ProjectReferenceTests
{
    private static readonly ProjectReferenceRule rule = new();

    [Fact]
    public void Repository_RefersInTheAllowedDirection() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("Runnel.Streams", "Runnel.Providers")]
    [InlineData("Runnel.Streams.Sqlite", "Runnel.Streams.AspNetCore")]
    [InlineData("Runnel.Streams.Sqlite", "Runnel.Streams.Postgres")]
    [InlineData("Runnel.Streams.Postgres", "Runnel.Streams.Sqlite")]
    [InlineData("Runnel.Streams.AspNetCore", "Runnel.Server")]
    [InlineData("Runnel.Providers", "Runnel.Streams")]
    [InlineData("Runnel.Providers", "Runnel.Server")]
    public void Rule_ReportsAReference_ThatPointsTheWrongWay(string project, string target)
    {
        var path = $"src/{project}/{project}.csproj";
        Expect.Clean(rule, SourceTree.Of((path, Projects.Plain())));
        Expect.Reports(
            rule,
            SourceTree.Of((path, Projects.With(Projects.Reference(target)))),
            $"{path}:2: {project} may not refer to {target}");
    }

    [Theory]
    [InlineData("Runnel.Streams.AspNetCore", "Runnel.Streams")]
    [InlineData("Runnel.Streams.Sqlite", "Runnel.Streams")]
    [InlineData("Runnel.Streams.Postgres", "Runnel.Streams")]
    [InlineData("Runnel.Server", "Runnel.Providers")]
    public void Rule_AcceptsAReference_ThatPointsTheRightWay(string project, string target) =>
        Expect.Clean(
            rule,
            SourceTree.Of(($"src/{project}/{project}.csproj", Projects.With(Projects.Reference(target)))));

    [Fact]
    public void Rule_ReportsAProject_ThatTheTableDoesNotKnow()
    {
        Expect.Clean(rule, SourceTree.Of(("test/Runnel.New/Runnel.New.csproj", Projects.Plain())));
        Expect.Reports(
            rule,
            SourceTree.Of(("src/Runnel.New/Runnel.New.csproj", Projects.Plain())),
            "src/Runnel.New/Runnel.New.csproj:1: Runnel.New is not in the table of ProjectReferenceRule");
    }

    [Fact]
    public void Rule_ReportsAReference_HiddenInAFileThatIsImported() =>
        Expect.Reports(
            rule,
            SourceTree.Of(
                ("src/Runnel.Streams/Runnel.Streams.csproj", Projects.Plain()),
                ("src/Directory.Build.props", Projects.With(Projects.Reference("Runnel.Server")))),
            "src/Directory.Build.props:2: Runnel.Streams may not refer to Runnel.Server");
}
