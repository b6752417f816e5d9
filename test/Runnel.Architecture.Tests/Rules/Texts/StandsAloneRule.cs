using System.Text.RegularExpressions;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Texts;

/// <summary>A clone is all that anybody needs: no file names a place outside, or a folder of one machine.</summary>
internal sealed class StandsAloneRule : IRule
{
    private static readonly Regex outside = new(string.Join(
        '|',
        @"\.\./" + "shared",
        // Not in the middle of a longer path or address.
        @"(?<![\w./~-])/(work|root|home/\w+|Users/\w+|tmp/(wt|briefs))/",
        @"\b[A-Z]:\\{1,2}Users\\"));

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.Files
        where !file.IsLockFile
        from line in file.Lines.Index()
        from match in outside.Matches(line.Item)
        select file.Breaks(this, line.Index + 1, $"{match.Value} is outside of the repository");
}
