using Runnel.Streams.Events;

namespace Runnel.Streams.Stores;

/// <summary>
/// Makes the log durable. Implementations are held to one conformance suite. Reads may come from any thread at any time;
/// <see cref="CommitAsync"/> is called by one caller at a time, on a thread that may block.
/// </summary>
public interface IStreamStore
{
    /// <summary>Which opening of the log this is: greater than every earlier one; 0 before it is open. Whoever writes into it
    /// what it is at can tell later which process that was.</summary>
    long Incarnation { get; }

    /// <summary>Opens the store and makes what the last process left readable. Called once, before anything else.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be opened; the message says what to do.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Commits all appends of a batch in one transaction, in their order, and settles each with
    /// <see cref="PendingAppend.Place"/> or, where a participant refuses or the stream has ended,
    /// <see cref="PendingAppend.Refuse"/>. When it returns, deleted streams and trimmed events are hidden from every read.</summary>
    /// <exception cref="StoreUnavailableException">The commit failed as a whole: no number was taken. Where the answer was lost
    /// and the store cannot tell, it <see cref="StoreUnavailableException.MayBeStored"/>: the same batch given again is not
    /// stored again, but asked for. It returns when the batch is there, and fails for good when it is not.</exception>
    ValueTask CommitAsync(IReadOnlyList<PendingAppend> batch, CancellationToken cancellationToken);

    /// <summary>What is known of a stream; null when it does not exist.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    ValueTask<StreamHead?> FindAsync(StreamName stream, CancellationToken cancellationToken);

    /// <summary>The entries after a number, in order and without gaps, from the oldest retained: at least one if there is one,
    /// then as many as fit into a number of bytes.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        StreamName stream, long after, int maxBytes, CancellationToken cancellationToken);
}
