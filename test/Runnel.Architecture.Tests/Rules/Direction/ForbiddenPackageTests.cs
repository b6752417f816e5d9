using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Direction;

public sealed class ForbiddenPackageTests
{
    private const string project = "src/Runnel.Server/Runnel.Server.csproj";
    private static readonly ForbiddenPackageRule rule = new();

    [Fact]
    public void Repository_DoesWithoutMediatorsMappersAndSignalR() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("MediatR", "MediatR")]
    [InlineData("AutoMapper", "AutoMapper")]
    [InlineData("Mapster.DependencyInjection", "Mapster")]
    [InlineData("Microsoft.AspNetCore.SignalR.Client", "SignalR")]
    public void Rule_ReportsAForbiddenPackage_WhenAProjectRefersToIt(string package, string word)
    {
        Expect.Clean(rule, SourceTree.Of((project, Projects.With(Projects.Package("Microsoft.Data.Sqlite")))));
        Expect.Reports(
            rule,
            SourceTree.Of((project, Projects.With(Projects.Package(package)))),
            $"{project}:2: {package}: {word} is deliberately absent");
    }

    [Fact]
    public void Rule_ReportsAForbiddenPackage_WhenAnotherBringsItAlong() =>
        Expect.Reports(
            rule,
            SourceTree.Of(("src/Runnel.Server/packages.lock.json", "{\n  \"AutoMapper\": {\n  }\n}\n")),
            "src/Runnel.Server/packages.lock.json:2: AutoMapper: AutoMapper is deliberately absent");

    [Fact]
    public void Rule_ReportsSignalR_WhenItComesFromTheFramework()
    {
        Expect.Clean(rule, SourceTree.Of(("src/Runnel.Server/A.cs", "using Microsoft.AspNetCore.Http;\n")));
        Expect.Reports(
            rule,
            SourceTree.Of(("src/Runnel.Server/A.cs", "using System;\nusing Microsoft.AspNetCore.SignalR;\n")),
            "src/Runnel.Server/A.cs:2: Microsoft.AspNetCore.SignalR: SignalR is deliberately absent");
    }
}
