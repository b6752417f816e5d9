using System.Collections.Concurrent;

namespace Runnel.Server.Metrics.Prometheus;

/// <summary>One metric with all its series. Recording into a series that is known allocates nothing. Thread-safe.</summary>
internal sealed class Family
{
    /// <summary>How many series a metric may have; what else is measured goes into one more, labelled as overflow, so that
    /// nobody can fill the memory by making up values.</summary>
    public const int MaxSeries = 256;

    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], Series> _series = new(new LabelComparer());
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], Series>
        .AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _known;

    private readonly Lazy<Series> _overflow;
    private readonly Meaning _meaning;

    /// <param name="name">As in the text format, with its suffixes.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="kind">Its type.</param>
    /// <param name="meaning">What its measurements are.</param>
    /// <param name="bounds">Of a histogram, where its buckets end; else none.</param>
    public Family(string name, string help, FamilyKind kind, Meaning meaning, double[] bounds)
    {
        (Name, Help, Kind, Bounds, _meaning) = (name, help, kind, bounds, meaning);
        _known = _series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        _overflow = new Lazy<Series>(() => new Series("overflow=\"true\"", bounds));
    }

    public string Name { get; }

    public string Help { get; }

    public FamilyKind Kind { get; }

    public double[] Bounds { get; }

    public IEnumerable<Series> Series =>
        _series.Values.OrderBy(series => series.Labels, StringComparer.Ordinal)
            .Concat(_overflow.IsValueCreated ? [_overflow.Value] : []);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!double.IsFinite(value))
            return;
        var series = _known.TryGetValue(tags, out var known) ? known : Open(tags);
        if (_meaning == Meaning.Added)
            series.Add(value);
        else
            series.Set(value);
    }

    /// <summary>Before values are observed anew: what is not observed any more is not shown any more.</summary>
    public void Forget()
    {
        if (_meaning != Meaning.Observed)
            return;
        foreach (var (_, series) in _series)
            series.Clear();
    }

    private Series Open(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_series.Count >= MaxSeries)
            return _overflow.Value;
        _known.TryAdd(tags, new Series(PrometheusNames.Labels(tags), Bounds));
        return _known[tags];
    }
}
