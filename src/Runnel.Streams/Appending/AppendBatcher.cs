using Microsoft.Extensions.Logging;
using Runnel.Streams.Live;
using Runnel.Streams.Metrics;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Appending;

/// <summary>
/// Group commit. One thread takes whatever has gathered while the last commit was in flight, commits it as one transaction,
/// makes it visible, tells those who appended, and wakes the followers. An append that finds the thread idle is not delayed.
/// The thread is its own: on the pool a commit would wait behind, and starve, what it is there to feed.
/// </summary>
internal sealed partial class AppendBatcher : IDisposable
{
    /// <summary>A commit takes no more than this and one append, so that none of a sudden crowd waits for all of it.</summary>
    internal const long MaxBatchBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEventSlim _stop = new(initialState: false, spinCount: 0);
    private readonly Lock _starting = new();
    private readonly object _gate = new();
    private readonly IStreamStore _store;
    private readonly LiveStreams _live;
    private readonly StreamsMetrics _metrics;
    private readonly ILogger<AppendBatcher> _log;
    private List<PendingAppend> _queue = [];
    private Thread? _thread;
    private bool _stopped;

    public AppendBatcher(IStreamStore store, LiveStreams live, StreamsMetrics metrics, ILogger<AppendBatcher> log) =>
        (_store, _live, _metrics, _log) = (store, live, metrics, log);

    public void Start()
    {
        lock (_starting)
        {
            if (_thread is not null)
                return;
            _thread = new Thread(Run) { Name = "Runnel commits", IsBackground = true };
            _thread.Start();
        }
    }

    public Task<AppendReceipt> AppendAsync(Append append)
    {
        var pending = new PendingAppend(append) { QueuedAt = _metrics.Now };
        lock (_gate)
        {
            if (_stopped)
                return Task.FromException<AppendReceipt>(Closed());
            _queue.Add(pending);
            Monitor.Pulse(_gate);
        }

        return pending.Done;
    }

    /// <summary>Commits what is queued, then ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }

        _stop.Set();
        _thread?.Join();
        _stop.Dispose();
        foreach (var pending in _queue)
        {
            // It was never started: nobody else will tell them.
            pending.Refuse(Closed());
            pending.Complete();
        }

        _queue.Clear();
    }

    private static StoreUnavailableException Closed() => new("The log is closed: the process is stopping.");

    private void Run()
    {
        var (batch, company) = (new List<PendingAppend>(), new Company());
        while (AwaitFirst() is { } first)
        {
            if (company.TimeFor(first) is { Ticks: > 0 } moment)
                _stop.Wait(moment);
            TakeQueue(ref batch);
            company.Begin(batch);
            Commit(batch);
            batch.Clear();
        }
    }

    /// <summary>The oldest append that waits; null when none will come any more.</summary>
    private PendingAppend? AwaitFirst()
    {
        lock (_gate)
        {
            while (_queue.Count == 0 && !_stopped)
                Monitor.Wait(_gate);
            return _queue.Count > 0 ? _queue[0] : null;
        }
    }

    private void TakeQueue(ref List<PendingAppend> batch)
    {
        lock (_gate)
        {
            var count = CountOfOneBatch();
            if (count == _queue.Count)
            {
                (_queue, batch) = (batch, _queue);
            }
            else
            {
                batch.AddRange(_queue.GetRange(0, count));
                _queue.RemoveRange(0, count);
            }
        }
    }

    private int CountOfOneBatch()
    {
        var (count, bytes) = (0, 0L);
        while (count < _queue.Count && bytes < MaxBatchBytes)
            bytes += _queue[count++].Bytes;
        return count;
    }

    private void Commit(List<PendingAppend> batch)
    {
        var woken = TryCommit(batch) ? Show(batch, _metrics.Now) : [];
        // Before the followers: one who appended would else wait behind a crowd of them.
        foreach (var pending in batch)
            pending.Complete();
        WakeUp.Queue(woken);
    }

    private bool TryCommit(List<PendingAppend> batch)
    {
        while (true)
        {
            try
            {
                // Blocks this thread and no other; a store that waits for a network does so here.
                _store.CommitAsync(batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
                return true;
            }
            catch (StoreUnavailableException lost) when (lost.MayBeStored && !_stop.IsSet)
            {
                // Whoever is told that it failed appends again. Nothing else can be written meanwhile; nobody else waits.
                AnswerLost(_log, batch.Count, lost);
                _stop.Wait(AskAgainAfter);
            }
            catch (Exception exception)
            {
                Fail(batch, exception);
                return false;
            }
        }
    }

    private void Fail(List<PendingAppend> batch, Exception exception)
    {
        _metrics.CommitFailed();
        var failure = exception as StoreUnavailableException
            ?? new StoreUnavailableException("The log could not commit.", exception);
        if (failure.MayBeStored)
            AnswerLost(_log, batch.Count, exception);
        else
            CommitFailed(_log, batch.Count, exception);
        foreach (var pending in batch)
            pending.Refuse(failure);
    }

    private List<Follower> Show(List<PendingAppend> batch, long committedAt)
    {
        var woken = _live.Publish(batch, committedAt);
        var events = 0;
        foreach (var pending in batch)
        {
            if (pending.Failure is not null)
                continue;
            events += pending.Events.Count;
            _metrics.Appended(pending.QueuedAt, committedAt);
        }

        _metrics.Committed(events);
        return woken;
    }

    [LoggerMessage(1, LogLevel.Error, "A commit of {Appends} appends failed; nothing of them was stored.")]
    private static partial void CommitFailed(ILogger log, int appends, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "It is not known whether a commit of {Appends} appends is stored; they wait.")]
    private static partial void AnswerLost(ILogger log, int appends, Exception exception);
}
