using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite.Database;

/// <summary>One process per data directory: holds the file <c>lock</c> in it until disposed, or until the process ends.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Makes the directory if need be, and takes its lock.</summary>
    /// <exception cref="StoreUnavailableException">Somebody else has it, or the directory cannot be written.</exception>
    public static DataDirectoryLock Take(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(directory, exception);
        }

        try
        {
            return new DataDirectoryLock(new FileStream(
                Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception exception) when (
            exception is UnauthorizedAccessException || (exception is IOException failure && !IsHeld(failure)))
        {
            throw CannotWrite(directory, exception);
        }
        catch (IOException exception)
        {
            throw new StoreUnavailableException(
                $"The data directory '{directory}' is in use by another process. Stop it, or choose another directory.",
                exception);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>EAGAIN on Linux, EWOULDBLOCK on macOS, a sharing violation on Windows: all else is not about another process.</summary>
    private static bool IsHeld(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static StoreUnavailableException CannotWrite(string directory, Exception exception) =>
        new($"The data directory '{directory}' cannot be written. Choose another one, or change its permissions.", exception);
}
