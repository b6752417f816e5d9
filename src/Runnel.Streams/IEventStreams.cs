using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Views;

namespace Runnel.Streams;

/// <summary>
/// The log: append to streams, follow them. Durable, then visible: no reader sees an event before the store has it. Events of a
/// stream are numbered 1, 2, 3 … without gaps. All members are thread-safe.
/// </summary>
public interface IEventStreams
{
    /// <summary>Appends, together with all its participants or not at all, and completes when it is durable and visible.
    /// Appends of one caller that awaits each are in order; concurrent ones share a commit. Once accepted it is not
    /// cancelled: what the caller cannot see happening must not be half believed. Where the answer to a commit is lost, it
    /// completes when the store can tell again what became of it.</summary>
    /// <exception cref="ParticipantRefusedException">A participant refused it; nothing was stored.</exception>
    /// <exception cref="StreamEndedException">The stream, or its owner's, has ended; nothing was stored.</exception>
    /// <exception cref="StoreUnavailableException">The store could not commit; nothing was stored, it may be tried again, unless
    /// it <see cref="StoreUnavailableException.MayBeStored"/>.</exception>
    Task<AppendReceipt> AppendAsync(Append append);

    /// <summary>Follows a stream. Dispose the follower when done. Null when there is no such stream.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    ValueTask<Follower?> FollowAsync(StreamName stream, StartPosition start, CancellationToken cancellationToken);

    /// <summary>Reads a stream's newest position and its view at exactly that position; default when there is no such stream.
    /// The function runs under the stream's lock: copy and return.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    ValueTask<T?> ReadStateAsync<T>(
        StreamName stream, Func<Cursor, IStreamView, T> read, CancellationToken cancellationToken);

    /// <summary>The entries after a number, in order, from the oldest retained: at least one if there is one, then as many as
    /// fit into a number of bytes.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        StreamName stream, long after, int maxBytes, CancellationToken cancellationToken);
}
