using System.Diagnostics.Metrics;

namespace Runnel.Server.Metrics;

/// <summary>What turns show of themselves: the meter <c>Runnel.Server</c>. Thread-safe.</summary>
internal sealed class TurnMetrics
{
    public const string MeterName = "Runnel.Server";

    /// <summary>How a turn ends, as its message's status says; anything else counts as failed.</summary>
    private static readonly string[] Outcomes = ["failed", "complete", "stopped", "interrupted"];

    private static readonly KeyValuePair<string, object?>[] Tags =
        [.. Outcomes.Select(outcome => KeyValuePair.Create("outcome", (object?)outcome))];

    private static readonly InstrumentAdvice<double> FirstTokenBuckets = new()
    {
        HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 30, 60],
    };

    private static readonly InstrumentAdvice<double> DurationBuckets = new()
    {
        HistogramBucketBoundaries = [0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600],
    };

    private readonly TimeProvider _time;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _duration;
    private readonly long[] _ended = new long[Outcomes.Length];
    private int _running;

    public TurnMetrics(TimeProvider time, IMeterFactory meters)
    {
        _time = time;
        var meter = meters.Create(MeterName);
        _firstToken = meter.CreateHistogram(
            "runnel.turns.first_token", "s", "From a turn's start to its first text.", advice: FirstTokenBuckets);
        _duration = meter.CreateHistogram(
            "runnel.turns.duration", "s", "From a turn's start to its end.", advice: DurationBuckets);
        meter.CreateObservableCounter("runnel.turns", Ended, "{turn}", "Turns that ended, by outcome.");
        meter.CreateObservableUpDownCounter(
            "runnel.turns.running", () => Volatile.Read(ref _running), "{turn}", "Turns that are being answered.");
    }

    /// <summary>A turn has begun.</summary>
    public void Begin() => Interlocked.Increment(ref _running);

    /// <summary>A turn has ended. Every one that began must.</summary>
    /// <param name="status">The status of its message from now on.</param>
    /// <param name="began">When it began, as a timestamp.</param>
    /// <param name="firstTextAt">When its first text was there, as a timestamp; null when none came.</param>
    public void End(string status, long began, long? firstTextAt)
    {
        Interlocked.Decrement(ref _running);
        Interlocked.Increment(ref _ended[Math.Max(0, Array.IndexOf(Outcomes, status))]);
        _duration.Record(_time.GetElapsedTime(began).TotalSeconds);
        if (firstTextAt is { } first)
            _firstToken.Record(_time.GetElapsedTime(began, first).TotalSeconds);
    }

    private IEnumerable<Measurement<long>> Ended()
    {
        for (var i = 0; i < Tags.Length; i++)
            yield return new Measurement<long>(Volatile.Read(ref _ended[i]), Tags[i]);
    }
}
