using System.Collections.Concurrent;
using Runnel.Streams.Events;
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
    private readonly TailBudget _budget;
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;

    public LiveStreams(IStreamStore store, IStreamViews views, TailBudget budget, TimeProvider time)
    {
        (_store, _views, _budget, _time) = (store, views, budget, time);
        _sweep = time.CreateTimer(_ => Sweep(), null, IdleTime, IdleTime);
    }

    /// <summary>The stream, retained until it is released; null when the store does not have it.</summary>
    public async ValueTask<LiveStream?> RetainAsync(StreamName name, CancellationToken cancellationToken)
    {
        while (true)
        {
            var made = new LiveStream(name, _store, _views, _budget, _time.GetTimestamp());
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
    public void Publish(IReadOnlyList<PendingAppend> batch)
    {
        foreach (var pending in batch)
        {
            if (pending.Failure is not null)
                continue;
            var append = pending.Append;
            if (_streams.TryGetValue(append.Stream, out var stream))
                stream.Publish(pending.Events, pending.Receipt.Before.Number + 1, append.TrimTo, append.EndsStream);
            if (append.Owner is { } owner && pending.Events.Count > 0 && _streams.TryGetValue(owner, out var ownerStream))
                ownerStream.Publish(pending.Events, pending.Receipt.OwnerBefore.Number + 1);
            if (append.Deletes.Count > 0)
                Delete([.. append.Deletes]);
        }
    }

    public void Dispose() => _sweep.Dispose();

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
