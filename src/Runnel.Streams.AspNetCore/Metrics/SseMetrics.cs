using System.Diagnostics.Metrics;

namespace Runnel.Streams.AspNetCore.Metrics;

/// <summary>
/// What open responses show of themselves: the meter <c>Runnel.Streams.AspNetCore</c>. Counts are plain numbers that are read
/// only when somebody asks, and are added once for each flush; nothing here allocates. Thread-safe.
/// </summary>
internal sealed class SseMetrics : IDisposable
{
    public const string MeterName = "Runnel.Streams.AspNetCore";

    private static readonly KeyValuePair<string, object?>[] Causes = Tags<CloseCause>("cause");
    private static readonly KeyValuePair<string, object?>[] States = Tags<StreamState>("state");

    private static readonly InstrumentAdvice<double> LagBuckets = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private readonly Meter _meter;
    private readonly Histogram<double> _flushLag;
    private readonly long[] _closes = new long[Causes.Length];
    private long _frames;
    private long _bytes;
    private long _flushes;
    private long _heartbeats;
    private long _refusals;

    /// <param name="meters">The container's, when it has one: then the meter ends with it.</param>
    public SseMetrics(IMeterFactory? meters = null)
    {
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _flushLag = _meter.CreateHistogram(
            "runnel.sse.flush.lag", "s", "From visible in the log to flushed, of the oldest in a flush.", advice: LagBuckets);
        Count("runnel.sse.frames", "{frame}", "Frames flushed.", () => Volatile.Read(ref _frames));
        Count("runnel.sse.sent", "By", "Bytes flushed, without those of HTTP.", () => Volatile.Read(ref _bytes));
        Count("runnel.sse.flushes", "{flush}", "Flushes.", () => Volatile.Read(ref _flushes));
        Count("runnel.sse.heartbeats", "{heartbeat}", "Heartbeats.", () => Volatile.Read(ref _heartbeats));
        Count("runnel.sse.refusals", "{stream}", "Streams turned away.", () => Volatile.Read(ref _refusals));
        _meter.CreateObservableCounter("runnel.sse.closes", Closes, "{stream}", "Streams that ended, by cause.");
    }

    /// <summary>Shows how many responses are open: a count for each <see cref="StreamState"/>.</summary>
    public void ObserveOpen(Func<int[]> count) => _meter.CreateObservableUpDownCounter(
        "runnel.sse.open", () => Open(count()), "{stream}", "Open streams, by state.");

    /// <summary>What went out in one flush.</summary>
    public void Flushed(long frames, long bytes)
    {
        Interlocked.Increment(ref _flushes);
        Interlocked.Add(ref _frames, frames);
        Interlocked.Add(ref _bytes, bytes);
    }

    /// <summary>How late a flush brought the oldest event in it.</summary>
    public void Lagged(TimeSpan lag) => _flushLag.Record(lag.TotalSeconds);

    public void HeartbeatSent() => Interlocked.Increment(ref _heartbeats);

    public void Refused() => Interlocked.Increment(ref _refusals);

    public void Closed(CloseCause cause) => Interlocked.Increment(ref _closes[(int)cause]);

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?>[] Tags<T>(string tag)
        where T : struct, Enum =>
        [.. Enum.GetNames<T>().Select(name => KeyValuePair.Create(tag, (object?)name.ToLowerInvariant()))];

    private static IEnumerable<Measurement<int>> Open(int[] counts)
    {
        for (var i = 0; i < States.Length; i++)
            yield return new Measurement<int>(counts[i], States[i]);
    }

    private void Count(string name, string unit, string description, Func<long> read) =>
        _meter.CreateObservableCounter(name, read, unit, description);

    private IEnumerable<Measurement<long>> Closes()
    {
        for (var i = 0; i < Causes.Length; i++)
            yield return new Measurement<long>(Volatile.Read(ref _closes[i]), Causes[i]);
    }
}
