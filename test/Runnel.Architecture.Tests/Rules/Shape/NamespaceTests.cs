using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Shape;

public sealed class NamespaceTests
{
    private const string project = "src/Runnel.Server/Runnel.Server.csproj";
    private static readonly NamespaceRule rule = new();

    [Fact]
    public void Repository_NamesNamespacesAfterFolders() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("src/Runnel.Server/A.cs", "Runnel.Server")]
    [InlineData("src/Runnel.Server/Turns/A.cs", "Runnel.Server.Turns")]
    [InlineData("src/Runnel.Server/Turns/Running/A.cs", "Runnel.Server.Turns.Running")]
    public void Rule_ReportsANamespace_ThatIsNotTheFolder(string path, string expected)
    {
        Expect.Clean(rule, Tree(path, $"using System;\nnamespace {expected};\nclass A;\n"));
        Expect.Clean(rule, Tree(path, $"using System;\nnamespace {expected}\n{{\nclass A;\n}}\n"));
        Expect.Reports(
            rule,
            Tree(path, "using System;\nnamespace Runnel.Elsewhere;\nclass A;\n"),
            $"{path}:2: namespace Runnel.Elsewhere, the folder says {expected}");
        Expect.Reports(
            rule,
            Tree(path, "using System;\n\nclass A;\nenum B;\n"),
            $"{path}:3: namespace is missing, the folder says {expected}");
    }

    [Fact]
    public void Rule_FollowsTheRootNamespaceOfTheProject() =>
        Expect.Clean(
            rule,
            Tree("src/Runnel.Server/Turns/A.cs", "namespace Other.Turns;\nclass A;\n")
                .With(project, "<Project><RootNamespace>Other</RootNamespace></Project>"));

    [Theory]
    [InlineData("global using System;\n")]
    [InlineData("[assembly: CLSCompliant(false)]\n")]
    [InlineData("Start();\n\npublic partial class Program;\n")]
    public void Rule_AsksForNoNamespace_WhereThereIsNoTypeToPutIntoIt(string text) =>
        Expect.Clean(rule, Tree("src/Runnel.Server/A.cs", text));

    private static SourceTree Tree(string path, string text) =>
        SourceTree.Of((project, "<Project />"), (path, text));
}
