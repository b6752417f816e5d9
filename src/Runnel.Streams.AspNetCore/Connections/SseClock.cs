using Runnel.Streams.AspNetCore.Frames;
using Runnel.Streams.AspNetCore.Metrics;

namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>One timer for all open responses: heartbeats, held-back text, planned ends, and clients that do not read.</summary>
internal sealed class SseClock : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly OpenResponses _open = new();
    private readonly AccumulatedTexts _texts;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public SseClock(AccumulatedTexts texts, SseMetrics metrics, TimeProvider time)
    {
        (_texts, Metrics, _time) = (texts, metrics, time);
        _timer = time.CreateTimer(_ => CheckAll(), null, Tick, Tick);
        metrics.ObserveOpen(CountOpen);
    }

    public SseMetrics Metrics { get; }

    public long Now => _time.GetTimestamp();

    public int OpenCount => _open.Count;

    /// <summary>A time from now on, as a timestamp.</summary>
    public long After(TimeSpan span) => After(span, Now);

    /// <summary>A time after another, as a timestamp.</summary>
    public long After(TimeSpan span, long from) => from + (long)(span.TotalSeconds * _time.TimestampFrequency);

    /// <summary>A time of day, as a timestamp.</summary>
    public long At(DateTimeOffset time) => After(time - _time.GetUtcNow());

    /// <summary>How long ago a timestamp was.</summary>
    public TimeSpan Since(long timestamp) => _time.GetElapsedTime(timestamp);

    public void Add(SseConnection connection) => _open.Add(connection);

    public void Remove(SseConnection connection) => _open.Remove(connection.Place);

    /// <summary>Those that are open just now.</summary>
    public IReadOnlyList<SseConnection> Open => [.. _open.All];

    public void CloseAll(CloseReason reason)
    {
        foreach (var connection in _open.All)
            connection.Close(reason);
    }

    public void Dispose() => _timer.Dispose();

    private int[] CountOpen()
    {
        var counts = new int[Enum.GetValues<StreamState>().Length];
        foreach (var connection in _open.All)
            counts[(int)connection.State]++;
        return counts;
    }

    private void CheckAll()
    {
        _open.Check(Now);
        _texts.Sweep();
    }
}
