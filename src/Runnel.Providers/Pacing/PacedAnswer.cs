using System.Threading.Tasks.Sources;

namespace Runnel.Providers.Pacing;

/// <summary>One answer's place in a <see cref="ReadPace"/>. For one reader.</summary>
internal sealed class PacedAnswer(ReadPace pace, TimeProvider time) : IValueTaskSource, IDisposable
{
    private ManualResetValueTaskSourceCore<bool> _due;
    private CancellationToken _cancellation;
    private long? _readAt;
    private long _dueAt;

    /// <summary>A read has brought something that people see: from now on they do not wait for the first of it.</summary>
    public void HasRead() => _readAt = time.GetTimestamp();

    /// <summary>Completes when the answer may be read again, or is not wanted any more; that is for the read to say.</summary>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (_readAt is not { } readAt || pace.Interval is not { Ticks: > 0 } interval)
            return ValueTask.CompletedTask;
        _dueAt = readAt + (long)(interval.TotalSeconds * time.TimestampFrequency);
        if (time.GetTimestamp() >= _dueAt)
            return ValueTask.CompletedTask;
        _due.Reset();
        _cancellation = cancellationToken;
        // Before others may resume it.
        var wait = new ValueTask(this, _due.Version);
        pace.Add(this);
        return wait;
    }

    public bool IsDue(long now) => now >= _dueAt || _cancellation.IsCancellationRequested;

    public void Resume() => _due.SetResult(true);

    public void Dispose() => pace.Leave();

    void IValueTaskSource.GetResult(short token) => _due.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _due.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _due.OnCompleted(continuation, state, token, flags);
}
