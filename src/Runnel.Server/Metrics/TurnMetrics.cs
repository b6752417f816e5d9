using System.Diagnostics.Metrics;

namespace Runnel.Server.Metrics;

/// <summary>What turns show of themselves: the meter <c>Runnel.Server</c>. Thread-safe.</summary>
internal sealed class TurnMetrics
{
    public const string MeterName = "Runnel.Server";

    /// <summary>How a turn ends, as its message's status says; anything else counts as failed.</summary>
    private static readonly string[] Outcomes = ["failed", "complete", "stopped", "interrupted"];

    /// <summary>What goes wrong with an attempt; anything else is the server's own fault.</summary>
    private static readonly string[] Codes =
    [
        "internal", "upstream_unavailable", "upstream_rejected", "upstream_timeout", "upstream_stalled", "upstream_malformed",
        "upstream_closed", "turn_timeout", "content_refused",
    ];

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
    private readonly WordCounter _ended;
    private readonly WordCounter _failed;
    private readonly WordCounter _retries;
    private readonly WordCounter _fallbacks;
    private readonly WordCounter _resets;
    private int _running;

    public TurnMetrics(TimeProvider time, IMeterFactory meters)
    {
        _time = time;
        var meter = meters.Create(MeterName);
        _firstToken = meter.CreateHistogram(
            "runnel.turns.first_token", "s", "From a turn's start to its first text, by model.", advice: FirstTokenBuckets);
        _duration = meter.CreateHistogram(
            "runnel.turns.duration", "s", "From a turn's start to its end.", advice: DurationBuckets);
        _ended = new(meter, "runnel.turns", "Turns that ended, by outcome.", "outcome", Outcomes);
        _failed = new(meter, "runnel.turns.failures", "Turns that ended in an error, by code.", "code", [.. Codes, "interrupted"]);
        _retries = new(meter, "runnel.turns.retries", "Models that were asked again, by what went wrong.", "code", Codes);
        _fallbacks = new(meter, "runnel.turns.fallbacks", "Models that were replaced, by what went wrong.", "code", Codes);
        _resets = new(meter, "runnel.turns.resets", "Texts that were withdrawn, by what went wrong.", "code", Codes);
        meter.CreateObservableUpDownCounter(
            "runnel.turns.running", () => Volatile.Read(ref _running), "{turn}", "Turns that are being answered.");
    }

    /// <summary>A turn has begun.</summary>
    public void Begin() => Interlocked.Increment(ref _running);

    /// <summary>A model is asked once more in the same turn.</summary>
    /// <param name="code">What went wrong before.</param>
    /// <param name="isOther">Whether it is another model.</param>
    /// <param name="withdrawsText">Whether there was text.</param>
    public void Again(string code, bool isOther, bool withdrawsText)
    {
        (isOther ? _fallbacks : _retries).Add(code);
        if (withdrawsText)
            _resets.Add(code);
    }

    /// <summary>The first text of a turn is there.</summary>
    /// <param name="model">The name of the model that gave it.</param>
    /// <param name="began">When the turn began, as a timestamp.</param>
    /// <param name="now">When the text was there, as a timestamp.</param>
    public void FirstText(string model, long began, long now) =>
        _firstToken.Record(_time.GetElapsedTime(began, now).TotalSeconds, KeyValuePair.Create("model", (object?)model));

    /// <summary>A turn has ended. Every one that began must.</summary>
    /// <param name="status">The status of its message from now on.</param>
    /// <param name="code">What went wrong; null when nothing did.</param>
    /// <param name="began">When it began, as a timestamp.</param>
    public void End(string status, string? code, long began)
    {
        Interlocked.Decrement(ref _running);
        Count(status, code);
        _duration.Record(_time.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>A turn does not run in this process any more, and has not ended.</summary>
    public void Leave() => Interlocked.Decrement(ref _running);

    /// <summary>A turn has ended that did not begin in this process.</summary>
    public void EndForeign(string status, string? code) => Count(status, code);

    private void Count(string status, string? code)
    {
        _ended.Add(status);
        if (code is not null)
            _failed.Add(code);
    }
}
