using Runnel.Streams.Events;

namespace Runnel.Streams.Stores;

/// <summary>A store that other processes write too. What they commit is told; what was not told, because a connection was lost
/// say, is found by asking where streams stand.</summary>
public interface ISharedStore : IStreamStore
{
    /// <summary>Who is told of the commits of other processes, one call at a time. Set once, before the store is opened. A move
    /// is told only after the store has it. With an empty list it says that moves may have been missed.</summary>
    Action<IReadOnlyList<StreamMove>>? Heard { get; set; }

    /// <summary>Where streams stand; those that do not exist are left out.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    ValueTask<IReadOnlyList<StreamMove>> FindAsync(
        IReadOnlyCollection<StreamName> streams, CancellationToken cancellationToken);

    /// <summary>Cancelled when another process has taken over from this one, which can write nothing any more. It may have
    /// happened some moments before.</summary>
    CancellationToken Fenced { get; }

    /// <summary>Whether other processes write the store, too, as far as this one knows.</summary>
    bool HasCompany { get; }

    /// <summary>Called when other processes have left or were fenced off, or may have: what they were at can be taken over, and
    /// nothing comes from them any more. One call at a time; returns at once.</summary>
    Action? OthersLeft { get; set; }

    /// <summary>Takes what processes tell each other; own signals come, too. One call at a time, in the order of sending;
    /// returns at once.</summary>
    Action<string>? Signalled { get; set; }

    /// <summary>Tells all processes something, at once. It is lost on those that cannot be reached just now: what it is
    /// about must be found in another way, too.</summary>
    /// <param name="text">At most 4,000 characters of ASCII.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="StoreUnavailableException">It could not be sent.</exception>
    ValueTask SignalAsync(string text, CancellationToken cancellationToken);

    /// <summary>Whether this process may write: not any more, for good, once another one has taken over from it.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    ValueTask<bool> MayWriteAsync(CancellationToken cancellationToken);
}
