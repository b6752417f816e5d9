using System.Diagnostics.Metrics;

namespace Runnel.Streams.Sqlite.Metrics;

/// <summary>What the store shows of itself: the meter <c>Runnel.Streams.Sqlite</c>. Thread-safe.</summary>
internal sealed class JournalMetrics : IDisposable
{
    public const string MeterName = "Runnel.Streams.Sqlite";

    private readonly Meter _meter;
    private long _segments;
    private long _failedCompactions;

    /// <param name="meters">The container's, when it has one: then the meter ends with it.</param>
    public JournalMetrics(IMeterFactory? meters = null)
    {
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _meter.CreateObservableCounter(
            "runnel.streams.segments.written",
            () => Volatile.Read(ref _segments),
            "{segment}",
            "Segments that compaction wrote.");
        _meter.CreateObservableCounter(
            "runnel.streams.compactions.failed",
            () => Volatile.Read(ref _failedCompactions),
            "{compaction}",
            "Compactions that failed and are tried again.");
    }

    /// <summary>Shows how much the journal holds.</summary>
    public void ObserveJournal(Func<long> bytes) => _meter.CreateObservableUpDownCounter(
        "runnel.streams.journal.size", bytes, "By", "What the journal holds and compaction has not moved yet.");

    public void SegmentsWritten(int count) => Interlocked.Add(ref _segments, count);

    public void CompactionFailed() => Interlocked.Increment(ref _failedCompactions);

    public void Dispose() => _meter.Dispose();
}
