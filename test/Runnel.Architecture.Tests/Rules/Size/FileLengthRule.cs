using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Size;

internal sealed class FileLengthRule : IRule
{
    private const int production = 250;
    private const int other = 500;

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.Files
        where file.IsCode || file.Extension == "css"
        let limit = file.IsProduction ? production : other
        where file.Lines.Count > limit
        select file.Breaks(this, limit + 1, $"{file.Lines.Count} lines, at most {limit} are allowed");
}
