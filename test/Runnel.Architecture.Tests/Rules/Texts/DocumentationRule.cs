using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Texts;

internal sealed class DocumentationRule : IRule
{
    private static readonly string[] required = ["README.md", "README.zh-CN.md", "ARCHITECTURE.md", "docs/protocol.md"];

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from path in required
        where !tree.Files.Any(file => file.Path == path && !string.IsNullOrWhiteSpace(file.Text))
        select new Violation(nameof(DocumentationRule), new Place(path, 1), "is missing or empty");
}
