using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Size;

internal sealed class LineWidthRule : IRule
{
    private const int limit = 140;

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.Code
        from line in file.Lines.Index()
        where line.Item.Length > limit
        select file.Breaks(this, line.Index + 1, $"{line.Item.Length} characters, at most {limit} are allowed");
}
