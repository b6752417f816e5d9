namespace Runnel.Streams.Stores;

/// <summary>The store could not commit or read (disk full, locked, I/O error). Unless it <see cref="MayBeStored"/>, nothing of
/// the append was stored and no number was taken: the same append may be tried again.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Says what failed.</summary>
    public StoreUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Whether the append may be stored all the same: the answer to its commit was lost, and the log closed before the
    /// store could be asked again. To append it once more might double it.</summary>
    public bool MayBeStored { get; init; }
}
