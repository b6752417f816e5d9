using System.Text.RegularExpressions;
using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Texts;

/// <summary>What is not done is not there. The words are put together so that this file does not hold them.</summary>
internal sealed class UnfinishedRule : IRule
{
    private static readonly Regex unfinished =
        new(@"\b(" + string.Join('|', "TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception") + @")\b");

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.Files
        where (file.IsUnder("src") || file.IsUnder("clients") || file.IsUnder("test")) && !file.IsLockFile
        from line in file.Lines.Index()
        from match in unfinished.Matches(line.Item)
        select file.Breaks(this, line.Index + 1, $"{match.Value} says that something is not done");
}
