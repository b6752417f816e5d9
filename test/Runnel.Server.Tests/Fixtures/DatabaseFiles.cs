using System.Text;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>The files of the database as anybody sees them who may read the disk.</summary>
internal static class DatabaseFiles
{
    private static readonly string[] Names = ["runnel.db", "runnel.db-wal"];

    public static bool Contain(string directory, string text) => Names.Any(name =>
        Read(Path.Combine(directory, name)).Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Waits until a text is in none of them: the store erases in the background.</summary>
    public static async Task UntilErasedAsync(string directory, string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (Contain(directory, text))
            await Task.Delay(50, patience.Token); // polls: nobody is told when the store has erased
    }

    private static string Read(string file)
    {
        // Not the file of locks: closing it would give up those that SQLite holds in this process.
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
