using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Shape;

/// <summary>Folders are words of the product, neither layers nor drawers.</summary>
internal sealed class FolderNameRule : IRule
{
    private static readonly HashSet<string> absent = new(StringComparer.OrdinalIgnoreCase)
    {
        "Application", "Common", "Controllers", "Core", "Domain", "Extensions", "Filters", "Helpers", "Infrastructure",
        "Managers", "Repositories", "Services", "Shared", "Utilities", "Utils",
    };

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.Code
        where file.IsProduction
        let folder = file.Folder.Split('/').FirstOrDefault(absent.Contains)
        where folder is not null
        group file by (folder, file.Folder) into files
        select files.First().Breaks(this, 1, $"{files.Key.folder} is not a word of the product");
}
