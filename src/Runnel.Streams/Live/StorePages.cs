using Runnel.Streams.Events;
using Runnel.Streams.Metrics;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Live;

/// <summary>
/// What followers that lag behind the tails read from the store, a page at a time. The pages that were read last are kept, a
/// few megabytes in all: many readers come back at the same time, after a deploy say, and each reads a page in several
/// steps. A follower itself holds no page, however slow its client is. Thread-safe.
/// </summary>
internal sealed class StorePages(IStreamStore store, StreamsMetrics metrics)
{
    private const int PageBytes = 256 * 1024;
    private const int Capacity = 32;

    private readonly Lock _gate = new();
    private readonly StorePage?[] _kept = new StorePage?[Capacity];
    private int _next;
    private int _version;

    /// <summary>The entries after a number, as many as a page has; an empty page where the store has none.</summary>
    public async ValueTask<ReadOnlyMemory<LogEntry>> ReadAsync(
        LiveStream stream, long after, CancellationToken cancellationToken)
    {
        if (Find(stream, after) is { } kept)
            return kept;
        var version = Volatile.Read(ref _version);
        var read = await store.ReadAsync(stream.Name, after, PageBytes, cancellationToken);
        metrics.ReadStore();
        var page = new StorePage(stream, [.. read]);
        Keep(page, version);
        return page.Entries;
    }

    /// <summary>Lets go of everything: something was deleted, and its text is to be nowhere.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _version++;
            Array.Clear(_kept);
        }
    }

    private ReadOnlyMemory<LogEntry>? Find(LiveStream stream, long after)
    {
        lock (_gate)
        {
            foreach (var page in _kept)
            {
                if (page?.Stream == stream && page.IndexOf(after + 1) is { } index)
                    return page.Entries.AsMemory(index);
            }

            return null;
        }
    }

    /// <summary>What was read before something was deleted is not kept after.</summary>
    private void Keep(StorePage page, int version)
    {
        lock (_gate)
        {
            if (version == _version && page.Entries.Length > 0)
                _kept[_next++ % Capacity] = page;
        }
    }
}
