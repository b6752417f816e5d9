using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Size;

/// <summary>Nine production files in ten are short; when they are not, each long one is reported.</summary>
internal sealed class ShortFilesRule : IRule
{
    private const int target = 150;
    private const int percent = 90;

    public IEnumerable<Violation> Check(SourceTree tree)
    {
        var files = tree.Code.Where(file => file.IsProduction).ToList();
        var longer = files.Where(file => file.Lines.Count > target).ToList();
        if (longer.Count * 100 <= files.Count * (100 - percent))
            return [];
        var share =
            $"{longer.Count} of {files.Count} files have more than {target} lines, at most {100 - percent} % may";
        return longer.Select(file => file.Breaks(this, target + 1, $"{file.Lines.Count} lines; {share}"));
    }
}
