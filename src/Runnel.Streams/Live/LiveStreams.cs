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
    private readonly IStreamViews _views;
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;

    public LiveStreams(IStreamStore store, IStreamViews views, StreamsMetrics metrics, TimeProvider time)
    {
        (_store, _views, _time) = (store, views, time);
        _sweep = time.CreateTimer(_ => Sweep(), null, IdleTime, IdleTime);
        metrics.ObserveFollowers(CountFollowers);
    }

    /// <summary>The stream, retained until it is released; null when the store does not have it.</summary>
    public async ValueTask<LiveStream?> RetainAsync(StreamName name, CancellationToken cancellationToken)
    {
        while (true)
        {
            var made = new LiveStream(name, _store, _views, _time.GetTimestamp());
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
    public void Publish(IReadOnlyList<PendingAppend> batch, long now)
    {
        foreach (var append in batch)
        {
            if (append.Events.Count == 0)
                continue;
            var home = _streams.GetValueOrDefault(append.Append.Stream);
            var owner = append.Append.Owner is { } name ? _streams.GetValueOrDefault(name) : null;
            if (home is not null || owner is not null)
                Date(append.Events, now);
            home?.Publish(append.Events, append.Receipt.Before.Number + 1);
            owner?.Publish(append.Events, append.Receipt.OwnerBefore.Number + 1);
        }
    }

    public void Dispose() => _sweep.Dispose();

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
        var exists = false;
        try
        {
            return exists = await stream.Opening.WaitAsync(cancellationToken);
        }
        finally
        {
            if (!exists && stream.Opening.IsCompleted)
                Drop(stream);
        }
    }

    private void Drop(LiveStream stream) => _streams.TryRemove(KeyValuePair.Create(stream.Name, stream));

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
