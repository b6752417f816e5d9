using System.IO.Pipelines;
using Runnel.Streams.AspNetCore.Metrics;
using Runnel.Streams.Events;

namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>Sends what one response has written, and knows since when it is silent, since when a flush waits for the client,
/// and how late events leave. Used by one thread at a time; the times may be read by any.</summary>
internal sealed class SseFlush(PipeWriter output, SocketProgress socket, SseClock clock, SseMetrics metrics)
{
    private long _silentSince = clock.Now;
    private long _waitingSince;
    private long _acknowledged;
    private long _oldestVisibleAt;
    private long _framesBefore;

    /// <summary>When something went out last, as a timestamp.</summary>
    public long SilentSince => Volatile.Read(ref _silentSince);

    /// <summary>Since when a flush waits for the client without any progress, as a timestamp; 0 when none waits.</summary>
    public long WaitingSince => Volatile.Read(ref _waitingSince);

    /// <summary>Called by the clock while a flush waits: what the client has taken since the last time counts as progress.</summary>
    public void NoteProgress(long now)
    {
        var (since, acknowledged) = (WaitingSince, socket.Acknowledged);
        if (since == 0 || acknowledged <= _acknowledged)
            return;
        _acknowledged = acknowledged;
        // Not when the flush is done meanwhile.
        Interlocked.CompareExchange(ref _waitingSince, now, since);
    }

    /// <summary>Notes when the oldest event of the next flush became visible.</summary>
    public void Take(LogEntry oldest)
    {
        if (_oldestVisibleAt == 0)
            _oldestVisibleAt = oldest.Event?.VisibleAt ?? 0;
    }

    /// <summary>Sends what is written, and waits until the buffers on the way to the client have taken it.</summary>
    /// <param name="frames">How many frames the response has written since it began.</param>
    public async ValueTask RunAsync(long frames)
    {
        var bytes = output.UnflushedBytes;
        if (bytes == 0)
            return;
        Volatile.Write(ref _silentSince, clock.Now);
        var flush = output.FlushAsync(CancellationToken.None);
        if (!flush.IsCompleted)
            Volatile.Write(ref _waitingSince, clock.Now);
        await flush;
        Volatile.Write(ref _waitingSince, 0);
        Measure(bytes, frames);
    }

    private void Measure(long bytes, long frames)
    {
        metrics.Flushed(frames - _framesBefore, bytes);
        _framesBefore = frames;
        if (_oldestVisibleAt == 0)
            return;
        metrics.Lagged(clock.Since(_oldestVisibleAt));
        _oldestVisibleAt = 0;
    }
}
