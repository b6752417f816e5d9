namespace Runnel.Streams.Stores;

/// <summary>The store could not commit or read (disk full, locked, I/O error). Nothing of the append was stored, no number was
/// taken; the same append may be tried again.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Says what failed.</summary>
    public StoreUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
