using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Texts;

public sealed class DocumentationTests
{
    private static readonly string[] documents =
        ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "docs/protocol.md"];
    private static readonly DocumentationRule rule = new();

    [Fact]
    public void Repository_HasItsDocuments() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    [InlineData("ARCHITECTURE.md")]
    [InlineData("docs/protocol.md")]
    public void Rule_ReportsADocument_ThatIsMissingOrEmpty(string path)
    {
        var complete = SourceTree.Of([.. documents.Select(document => (document, "# Title\n"))]);
        Expect.Clean(rule, complete);
        Expect.Reports(rule, complete.With(path, " \n"), $"{path}:1: is missing or empty");
        Expect.Reports(
            rule,
            new SourceTree(complete.Files.Where(file => file.Path != path)),
            $"{path}:1: is missing or empty");
    }
}
