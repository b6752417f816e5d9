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

    /// <summary>Whether this process may write: not any more, for good, once another one has taken over from it.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    ValueTask<bool> MayWriteAsync(CancellationToken cancellationToken);
}
