namespace Runnel.Server.Metrics.Prometheus;

/// <summary>One line of a metric, or one histogram: what was measured under one set of labels. Thread-safe.</summary>
/// <param name="labels">As they stand between the braces.</param>
/// <param name="bounds">Where the buckets end, in order; none for what is not a histogram.</param>
internal sealed class Series(string labels, double[] bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _value;
    private bool _isSet;

    public string Labels { get; } = labels;

    /// <summary>Adds to the value, and counts into the bucket where there are buckets.</summary>
    public void Add(double value)
    {
        // The first bound that is not smaller: bounds belong to their bucket.
        var place = Array.BinarySearch(bounds, value);
        lock (_gate)
        {
            _buckets[place < 0 ? ~place : place]++;
            _value += value;
            _isSet = true;
        }
    }

    public void Set(double value)
    {
        lock (_gate)
            (_value, _isSet) = (value, true);
    }

    /// <summary>Forgets the value until it is set again.</summary>
    public void Clear()
    {
        lock (_gate)
            _isSet = false;
    }

    /// <summary>The value, and how many measurements fell into each bucket; null when there is nothing to show.</summary>
    public (double Value, long[] Buckets)? Read()
    {
        lock (_gate)
            return _isSet ? (_value, [.. _buckets]) : null;
    }
}
