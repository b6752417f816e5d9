using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Direction;

public sealed class PackageReferenceTests
{
    private static readonly PackageReferenceRule rule = new();

    [Fact]
    public void Repository_UsesOnlyThePackagesOfTheTable() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("Runnel.Streams", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Logging")]
    [InlineData("Runnel.Streams", "Microsoft.Extensions.Options", "Microsoft.Data.Sqlite")]
    [InlineData("Runnel.Providers", "Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.AI")]
    [InlineData("Runnel.Providers", "Polly.Core", "OpenAI")]
    [InlineData("Runnel.Streams.Sqlite", "Microsoft.Data.Sqlite.Core", "Microsoft.EntityFrameworkCore.Sqlite")]
    [InlineData("Runnel.Streams.Postgres", "Npgsql", "Npgsql.EntityFrameworkCore.PostgreSQL")]
    public void Rule_ReportsAPackage_ThatIsNotInTheTable(string project, string good, string bad)
    {
        var path = $"src/{project}/{project}.csproj";
        Expect.Clean(rule, SourceTree.Of((path, Projects.With(Projects.Package(good)))));
        Expect.Reports(
            rule,
            SourceTree.Of((path, Projects.With(Projects.Package(good), Projects.Package(bad)))),
            $"{path}:3: {project} may not use {bad}");
    }

    [Theory]
    [InlineData("Runnel.Streams")]
    [InlineData("Runnel.Streams.Sqlite")]
    [InlineData("Runnel.Providers")]
    public void Rule_ReportsAspNet_OutsideItsLibrary(string project)
    {
        var path = $"src/{project}/{project}.csproj";
        var reference = Projects.With(Projects.Framework("Microsoft.AspNetCore.App"));
        var message = $"{project} may not use Microsoft.AspNetCore.App";
        Expect.Clean(rule, SourceTree.Of(("src/Runnel.Streams.AspNetCore/Runnel.Streams.AspNetCore.csproj", reference)));
        Expect.Reports(rule, SourceTree.Of((path, reference)), $"{path}:2: {message}");
        Expect.Reports(rule, SourceTree.Of((path, Projects.Web())), $"{path}:1: {message}");
    }

    [Fact]
    public void Rule_AcceptsAnAnalyzer_OnlyWhenItStaysInTheBuild()
    {
        const string path = "src/Runnel.Streams/Runnel.Streams.csproj";
        const string analyzers = "Microsoft.CodeAnalysis.BannedApiAnalyzers";
        const string isPrivate = "PrivateAssets=\"all\" ";
        Expect.Clean(rule, SourceTree.Of((path, Projects.With(Projects.Package(analyzers, isPrivate)))));
        Expect.Reports(
            rule,
            SourceTree.Of((path, Projects.With(Projects.Package(analyzers), Projects.Package("Dapper", isPrivate)))),
            $"{path}:2: Runnel.Streams may not use {analyzers}",
            $"{path}:3: Runnel.Streams may not use Dapper");
    }
}
