using System.Threading.Tasks.Sources;
using Runnel.Streams.Events;
using Runnel.Streams.Metrics;

namespace Runnel.Streams.Live;

/// <summary>
/// A reader's place in a stream. It pulls: <see cref="WaitAsync"/> until there is more, <see cref="ReadAsync"/> what has
/// gathered. It holds a position and no queue, so a slow reader costs nothing and loses nothing. Both are called by one
/// reader at a time; <see cref="Nudge"/> and <see cref="Dispose"/> may come from anywhere.
/// </summary>
public sealed class Follower : IValueTaskSource, IDisposable
{
    private const int PageBytes = 64 * 1024;

    private readonly LiveStream _stream;
    private readonly StreamsMetrics _metrics;
    private ManualResetValueTaskSourceCore<bool> _wake;
    private byte[]? _state;
    private long _replayFrom;
    private bool _nudged;
    private bool _lost;
    private int _disposed;

    internal Follower(LiveStream stream, FollowerStart start, StreamsMetrics metrics)
    {
        (_stream, _metrics) = (stream, metrics);
        (Number, End, Resync, _state) = (start.Number, start.End, start.Resync, start.State);
        _replayFrom = start.Replays ? Number : -1;
        EndReplay(onlyWhenDone: true);
    }

    /// <summary>The stream that it follows.</summary>
    public StreamName Stream => _stream.Name;

    /// <summary>The number of the last entry that was read.</summary>
    public long Number { get; private set; }

    /// <summary>The position after the last entry that was read.</summary>
    public Cursor Position => _stream.CursorAt(Number);

    /// <summary>The newest number when it began: what lies up to there is replay.</summary>
    public long End { get; }

    /// <summary>Why the cursor that was asked for could not be honoured; then it begins at now.</summary>
    public ResyncReason Resync { get; }

    /// <summary>Whether nothing is pending just now.</summary>
    public bool IsCaughtUp => Number >= _stream.Last;

    /// <summary>Whether the stream has ended and all of it was read: nothing will ever come.</summary>
    public bool IsAtEnd => _stream.IsEndedAt(Number);

    /// <summary>Whether it can read nothing any more, because the stream was deleted or what comes next was trimmed. Follow
    /// anew from <see cref="Position"/> to be told which.</summary>
    public bool IsCut => _lost || _stream.IsCutAt(Number);

    /// <summary>Whether others follow the same stream, so that what is built for one is worth sharing.</summary>
    public bool HasCompany => _stream.FollowerCount > 1;

    /// <summary>Bytes shared by the followers of this stream.</summary>
    public SharedFrames Frames => _stream.Frames;

    /// <summary>The stream's state at the position where the follower began, as one JSON object; given away once.</summary>
    public ReadOnlyMemory<byte> TakeState() => Interlocked.Exchange(ref _state, null);

    /// <summary>Completes when there is something to read, after a <see cref="Nudge"/>, and at once when it
    /// <see cref="IsAtEnd"/> or <see cref="IsCut"/>. Continues on the thread that wakes it, so what follows must not block.</summary>
    /// <exception cref="ObjectDisposedException">It has left the stream; nothing would ever wake it.</exception>
    public ValueTask WaitAsync()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) == 1, this);
        _wake.Reset();
        return _stream.TryWait(this) ? new ValueTask(this, _wake.Version) : ValueTask.CompletedTask;
    }

    /// <summary>Reads the next entries in order into a buffer and moves past them; 0 when there are none. It never passes over
    /// a number: where one is gone it <see cref="IsCut"/>.</summary>
    public async ValueTask<int> ReadAsync(Memory<LogEntry> into, CancellationToken cancellationToken)
    {
        if (_lost || IsCaughtUp)
            return 0;
        var count = _stream.CopyAfter(Number, into.Span);
        if (count < 0)
            count = await ReadStoreAsync(into, cancellationToken);
        if (count == 0)
            return 0;
        Number = into.Span[count - 1].Number;
        EndReplay(onlyWhenDone: true);
        return count;
    }

    /// <summary>Makes the wait that is running, or else the next one, complete although there is nothing to read.</summary>
    public void Nudge() => _stream.Nudge(this);

    /// <summary>Leaves the stream; a wait that is running completes.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        EndReplay(onlyWhenDone: false);
        _stream.Nudge(this);
        _stream.Release(_metrics.Now);
    }

    /// <summary>Its place on the stream's waiting list, under the stream's gate; -1 when it is not there.</summary>
    internal int WaitingAt { get; set; } = -1;

    /// <summary>Completes the wait; called once by whoever took it off the waiting list.</summary>
    internal void Resume() => _wake.SetResult(true);

    /// <summary>Under the stream's gate: lets the next wait complete at once.</summary>
    internal void KeepNudge() => _nudged = true;

    /// <summary>Under the stream's gate: whether a nudge was kept, which is then gone.</summary>
    internal bool TakeNudge()
    {
        var kept = _nudged;
        _nudged = false;
        return kept;
    }

    private async ValueTask<int> ReadStoreAsync(Memory<LogEntry> into, CancellationToken cancellationToken)
    {
        var page = await _stream.ReadStoreAsync(Number, PageBytes, cancellationToken);
        _metrics.ReadStore();
        // While it read, the stream may have been trimmed, or deleted and made again.
        if (page.Count == 0 || page[0].Number != Number + 1 || IsOfAnother(page[0].Event) || IsCut)
        {
            _lost = true;
            return 0;
        }

        var count = Math.Min(page.Count, into.Length);
        for (var i = 0; i < count; i++)
            into.Span[i] = page[i];
        return count;
    }

    private bool IsOfAnother(StreamEvent? read) =>
        read is not null && read.Stream == Stream && read.Generation != Position.Generation;

    /// <summary>Counts what was replayed, once: when it is done, or when the reader leaves before.</summary>
    private void EndReplay(bool onlyWhenDone)
    {
        if (_replayFrom < 0 || (onlyWhenDone && Number < End))
            return;
        if (Interlocked.Exchange(ref _replayFrom, -1) is >= 0 and var from)
            _metrics.Replayed(Math.Min(Number, End) - from);
    }

    void IValueTaskSource.GetResult(short token) => _wake.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _wake.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wake.OnCompleted(continuation, state, token, flags);
}
