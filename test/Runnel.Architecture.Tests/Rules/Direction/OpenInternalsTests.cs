using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Direction;

public sealed class OpenInternalsTests
{
    private const string providers = "src/Runnel.Providers/Runnel.Providers.csproj";
    private static readonly OpenInternalsRule rule = new();

    private static readonly SourceTree tree = SourceTree.Of(
        (providers, Projects.With(Friend("Runnel.Providers.Tests"))),
        ("src/Runnel.Server/Runnel.Server.csproj", Projects.Plain()));

    [Fact]
    public void Repository_OpensInternalsToTestsOnly() => Expect.Clean(rule, Repository.Tree);

    [Fact]
    public void Rule_ReportsAProject_ThatOpensItsInternalsToAnotherProductionProject()
    {
        Expect.Clean(rule, tree);
        Expect.Reports(
            rule,
            tree.With(providers, Projects.With(Friend("Runnel.Providers.Tests"), Friend("Runnel.Server"))),
            $"{providers}:3: Runnel.Providers opens its internals to Runnel.Server");
    }

    [Fact]
    public void Rule_ReportsAnAttribute_ThatOpensInternalsToAnotherProductionProject() =>
        Expect.Reports(
            rule,
            tree.With("src/Runnel.Providers/Friends.cs", "\n[assembly: InternalsVisibleTo(\"Runnel.Server\")]\n"),
            "src/Runnel.Providers/Friends.cs:2: Runnel.Providers opens its internals to Runnel.Server");

    private static string Friend(string name) => $"<InternalsVisibleTo Include=\"{name}\" />";
}
