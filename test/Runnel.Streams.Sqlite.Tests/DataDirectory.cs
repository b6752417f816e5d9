namespace Runnel.Streams.Sqlite.Tests;

/// <summary>A directory for one test, gone afterwards.</summary>
internal sealed class DataDirectory : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("runnel-").FullName;

    public string Database => Path.Combine(Root, "runnel.db");

    /// <summary>Where a disk of its own may be.</summary>
    public string Disk => Path.Combine(Root, "disk");

    /// <summary>What a crash at this moment would leave: the files as they are, while they are open.</summary>
    public DataDirectory Copy()
    {
        var copy = new DataDirectory();
        foreach (var name in new[] { "runnel.db", "runnel.db-wal" })
        {
            using var source = new FileStream(
                Path.Combine(Root, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var target = File.Create(Path.Combine(copy.Root, name));
            source.CopyTo(target);
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
