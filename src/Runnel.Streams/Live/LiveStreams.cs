using System.Collections.Concurrent;
using Runnel.Streams.Events;
using Runnel.Streams.Metrics;
using Runnel.Streams.Stores;
using Runnel.Streams.Views;

namespace Runnel.Streams.Live;

/// <summary>The streams that somebody follows just now. A stream that nobody has followed for a while is dropped; it costs
/// nothing then, and comes back from the store when asked for.</summary>
internal sealed class LiveStreams : IDisposable
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<StreamName, LiveStream> _streams = new();
    private readonly IStreamStore _store;
    private readonly StorePages _pages;
    private readonly IStreamViews _views;
    private readonly TailBudget _budget;
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;
    private readonly PositionCheck? _positions;

    public LiveStreams(
        IStreamStore store, IStreamViews views, TailBudget budget, StreamsMetrics metrics, TimeProvider time)
    {
        (_store, _views, _budget, _time) = (store, views, budget, time);
        _pages = new StorePages(store, metrics);
        _sweep = time.CreateTimer(_ => Sweep(), null, IdleTime, IdleTime);
        _positions = store is ISharedStore shared ? new PositionCheck(shared, this, time) : null;
        metrics.ObserveFollowers(CountFollowers);
    }

    /// <summary>The stream, retained until it is released; null when the store does not have it.</summary>
    public async ValueTask<LiveStream?> RetainAsync(StreamName name, CancellationToken cancellationToken)
    {
        while (true)
        {
            var made = new LiveStream(name, _store, _pages, _views, _budget, _time.GetTimestamp());
            var stream = _streams.GetOrAdd(name, made);
            if (await IsOpenAsync(stream, cancellationToken))
            {
                if (stream.TryRetain())
                    return stream;
                Drop(stream);
            }
            else if (stream == made)
            {
                // Somebody else's "no" may be older than the append that this caller has just seen done.
                return null;
            }
        }
    }

    /// <summary>Shows committed appends to whoever follows their streams. Called in the order of commits.</summary>
    /// <param name="batch">The appends of a commit.</param>
    /// <param name="now">When, as a timestamp.</param>
    /// <returns>Those who waited for them: they are to be resumed.</returns>
    public List<Follower> Publish(IReadOnlyList<PendingAppend> batch, long now)
    {
        var woken = new List<Follower>();
        foreach (var pending in batch)
        {
            if (pending.Failure is not null)
                continue;
            var append = pending.Append;
            var home = _streams.GetValueOrDefault(append.Stream);
            var owner = append.Owner is { } name && pending.Events.Count > 0 ? _streams.GetValueOrDefault(name) : null;
            if (home is not null || owner is not null)
                Date(pending.Events, now);
            home?.Publish(pending.Events, pending.Receipt.Before.Number + 1, woken, append.TrimTo, append.EndsStream);
            owner?.Publish(pending.Events, pending.Receipt.OwnerBefore.Number + 1, woken);
            if (append.Deletes.Count > 0)
                Delete([.. append.Deletes]);
        }

        return woken;
    }

    /// <summary>Shows what other processes have committed. One call at a time is not asked for.</summary>
    public void Hear(IReadOnlyList<StreamMove> moves)
    {
        var woken = new List<Follower>();
        var gone = new HashSet<StreamName>();
        var now = _time.GetTimestamp();
        foreach (var move in moves)
        {
            if (move.Head.Generation == 0)
            {
                gone.Add(move.Stream);
                continue;
            }

            Date(move.Events, now);
            if (_streams.TryGetValue(move.Stream, out var stream) && !stream.TryHear(move, woken))
                Drop(stream);
        }

        if (gone.Count > 0)
            Delete(gone);
        WakeUp.Queue(woken);
    }

    /// <summary>The streams whose place in the log is known here.</summary>
    public List<StreamName> Opened() =>
        [.. _streams.Values.Where(stream => stream.Head.Generation != 0).Select(stream => stream.Name)];

    public void Dispose()
    {
        _sweep.Dispose();
        _positions?.Dispose();
    }

    private static void Date(IReadOnlyList<StreamEvent> events, long now)
    {
        for (var i = 0; i < events.Count; i++)
            events[i].VisibleAt = now;
    }

    private (int Streams, int Followers) CountFollowers()
    {
        var (streams, followers) = (0, 0);
        foreach (var (_, stream) in _streams)
        {
            var count = stream.FollowerCount;
            followers += count;
            streams += count > 0 ? 1 : 0;
        }

        return (streams, followers);
    }

    private async Task<bool> IsOpenAsync(LiveStream stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.Opening.WaitAsync(cancellationToken);
        }
        finally
        {
            // Not when the caller has merely left: others may follow it.
            var opening = stream.Opening;
            if (opening.IsCompleted && !(opening.IsCompletedSuccessfully && opening.Result))
                Drop(stream);
        }
    }

    private void Delete(HashSet<StreamName> deleted)
    {
        foreach (var name in deleted)
        {
            if (_streams.TryGetValue(name, out var stream))
                Drop(stream);
        }

        foreach (var stream in _streams.Values)
            stream.Forget(deleted);
        _pages.Forget();
    }

    private void Drop(LiveStream stream)
    {
        _streams.TryRemove(KeyValuePair.Create(stream.Name, stream));
        stream.Retire();
    }

    private void Sweep()
    {
        var idleSince = _time.GetTimestamp() - (long)(IdleTime.TotalSeconds * _time.TimestampFrequency);
        foreach (var stream in _streams.Values)
        {
            if (stream.TryEvict(idleSince))
                Drop(stream);
        }
    }
}
