using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Size;

/// <summary>Source files of one language in one folder; the folders below count for themselves.</summary>
internal sealed class FolderSizeRule : IRule
{
    private const int limit = 20;

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.Code
        group file by (file.Folder, file.Extension) into folder
        let count = folder.Count()
        where count > limit
        select folder.Skip(limit).First().Breaks(
            this,
            1,
            $"{folder.Key.Folder} has {count} .{folder.Key.Extension} files, at most {limit} are allowed");
}
