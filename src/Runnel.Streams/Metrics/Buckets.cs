using System.Diagnostics.Metrics;

namespace Runnel.Streams.Metrics;

/// <summary>Where the buckets of the log's histograms end. A commit takes between a tenth of a millisecond and what a disk that
/// is in trouble needs; a batch and a replay grow by factors.</summary>
internal static class Buckets
{
    public static InstrumentAdvice<double> Seconds { get; } = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    public static InstrumentAdvice<int> EventsOfACommit { get; } = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000],
    };

    public static InstrumentAdvice<long> EntriesOfAReplay { get; } = new()
    {
        HistogramBucketBoundaries = [0, 1, 10, 100, 1000, 10_000, 100_000, 1_000_000],
    };
}
