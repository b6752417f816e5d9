using System.Diagnostics.Metrics;

namespace Runnel.Server.Metrics;

/// <summary>What rounds of training show of themselves, on the meter of turns. Thread-safe.</summary>
internal sealed class TrainingMetrics
{
    private static readonly string[] Outcomes = ["failed", "complete", "stopped"];

    private static readonly KeyValuePair<string, object?>[] Tags =
        [.. Outcomes.Select(outcome => KeyValuePair.Create("outcome", (object?)outcome))];

    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.01, 0.05, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600],
    };

    private readonly TimeProvider _time;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _step;
    private readonly long[] _ended = new long[Outcomes.Length];
    private int _running;

    public TrainingMetrics(TimeProvider time, IMeterFactory meters)
    {
        _time = time;
        var meter = meters.Create(TurnMetrics.MeterName);
        _duration = meter.CreateHistogram(
            "runnel.training.duration", "s", "From a round's start, or its going on after a restart, to its end.", advice: Buckets);
        _step = meter.CreateHistogram("runnel.training.step", "s", "From a step's start to its commit.", advice: Buckets);
        meter.CreateObservableCounter("runnel.training.rounds", Ended, "{round}", "Rounds that ended, by outcome.");
        meter.CreateObservableUpDownCounter(
            "runnel.training.running", () => Volatile.Read(ref _running), "{round}", "Rounds that run.");
    }

    /// <summary>A round has begun, or goes on.</summary>
    public void Begin() => Interlocked.Increment(ref _running);

    /// <summary>A step has completed.</summary>
    /// <param name="step">Its name.</param>
    /// <param name="began">When it began, as a timestamp.</param>
    public void Step(string step, long began) => _step.Record(
        _time.GetElapsedTime(began).TotalSeconds, KeyValuePair.Create("step", (object?)step));

    /// <summary>A round runs no more. Every one that began must.</summary>
    /// <param name="outcome">Its status; empty when it goes on after the next start.</param>
    /// <param name="began">When it began, as a timestamp.</param>
    public void End(string outcome, long began)
    {
        Interlocked.Decrement(ref _running);
        var index = Array.IndexOf(Outcomes, outcome);
        if (index < 0)
            return;
        Interlocked.Increment(ref _ended[index]);
        _duration.Record(_time.GetElapsedTime(began).TotalSeconds);
    }

    private IEnumerable<Measurement<long>> Ended()
    {
        for (var i = 0; i < Tags.Length; i++)
            yield return new Measurement<long>(Volatile.Read(ref _ended[i]), Tags[i]);
    }
}
