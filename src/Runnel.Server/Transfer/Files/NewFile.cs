using Microsoft.Win32.SafeHandles;

namespace Runnel.Server.Transfer.Files;

/// <summary>A file that has its name only once it is whole, and that only its owner reads.</summary>
internal sealed class NewFile : IAsyncDisposable
{
    private readonly string? _path;
    private bool _isKept;

    private NewFile(Stream stream, string? path) => (Stream, _path) = (stream, path);

    public Stream Stream { get; }

    private string Partial => _path + ".partial";

    /// <summary>Not the console's stream where that can be helped: it passes over that nobody reads any more.</summary>
    public static NewFile StandardOutput() => new(
        OperatingSystem.IsWindows()
            ? Console.OpenStandardOutput()
            : new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0),
        path: null);

    /// <exception cref="TransferException">There is a file of that name.</exception>
    public static NewFile Create(string path)
    {
        if (Path.Exists(path))
            throw new TransferException($"There is a file '{path}' already. Choose another name, or delete it.");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new NewFile(new FileStream(path + ".partial", options), path);
    }

    /// <summary>Gives it its name, once it is on the disk.</summary>
    public async Task KeepAsync()
    {
        if (_path is not null && Stream is FileStream file)
            file.Flush(flushToDisk: true);
        await Stream.DisposeAsync();
        if (_path is not null)
            File.Move(Partial, _path);
        _isKept = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isKept)
            return;
        await Stream.DisposeAsync();
        if (_path is not null)
            File.Delete(Partial);
    }
}
