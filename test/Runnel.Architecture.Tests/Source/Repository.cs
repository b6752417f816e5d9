namespace Runnel.Architecture.Tests.Source;

/// <summary>The repository that these tests were built from, read once for all of them.</summary>
internal static class Repository
{
    private static readonly Lazy<SourceTree> tree = new(() => Read(FindRoot()));

    public static SourceTree Tree => tree.Value;

    public static SourceTree Read(string root) =>
        new(from path in FileListing.Of(root)
            let bytes = File.ReadAllBytes(Path.Combine(root, path))
            where !bytes.AsSpan(0, Math.Min(bytes.Length, 8000)).Contains((byte)0)
            select new SourceFile(path, System.Text.Encoding.UTF8.GetString(bytes)));

    /// <summary>Its directory.</summary>
    public static string Root => FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Runnel.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests has a Runnel.slnx.");
    }
}
