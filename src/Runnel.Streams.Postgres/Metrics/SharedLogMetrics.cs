using System.Diagnostics.Metrics;

namespace Runnel.Streams.Postgres.Metrics;

/// <summary>
/// What this process's share in the log shows: the meter <c>Runnel.Streams.Postgres</c>. All is counted from the start of the
/// process, and is of this process alone, but for the journal, which all share. Thread-safe.
/// </summary>
internal sealed class SharedLogMetrics : IDisposable
{
    public const string MeterName = "Runnel.Streams.Postgres";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.125, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Meter _meter;
    private readonly TimeProvider _time;
    private readonly Histogram<double> _commits;
    private long _lostRaces;
    private long _segments;
    private long _compactions;
    private long _failedCompactions;
    private long _linesLost;
    private long _news;
    private long _newsBytes;
    private long _journalRows;
    private long _journalBytes;
    private int _listening;
    private int _fenced;

    /// <param name="time">What durations are measured with.</param>
    /// <param name="meters">The container's, when it has one: then the meter ends with it.</param>
    public SharedLogMetrics(TimeProvider time, IMeterFactory? meters = null)
    {
        _time = time;
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _commits = _meter.CreateHistogram(
            "runnel.streams.commit.duration", "s", "How long the database took for a commit, tries included.", advice: Seconds);
        Count("commits.retried", "{commit}", "Commits tried again, since another process was faster.", () => _lostRaces);
        Count("segments.written", "{segment}", "Segments that compaction wrote.", () => _segments);
        Count("compactions", "{compaction}", "Slices of the journal that were compacted here.", () => _compactions);
        Count("compactions.failed", "{compaction}", "Compactions that failed and are tried again.", () => _failedCompactions);
        Count("lines.lost", "{line}", "Times that the line to the other processes was lost.", () => _linesLost);
        Count("news", "{notification}", "Notifications heard, own ones included.", () => _news);
        Count("news.size", "By", "Their length, as text.", () => _newsBytes);
        Show("journal.size", "By", "What the journal holds and compaction has not moved yet.", () => _journalBytes);
        Show("journal.rows", "{row}", "In how many rows.", () => _journalRows);
        Show("listening", "{line}", "1 while the line to the other processes is there.", () => _listening);
        Show("fenced", "{process}", "1 once another process has taken over from this one.", () => _fenced);
    }

    /// <summary>A timestamp, in ticks of the clock.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>A commit has succeeded that began at a timestamp.</summary>
    public void Committed(long began) => _commits.Record(_time.GetElapsedTime(began).TotalSeconds);

    public void LostRace() => Interlocked.Increment(ref _lostRaces);

    public void Compacted(int segments)
    {
        Interlocked.Increment(ref _compactions);
        Interlocked.Add(ref _segments, segments);
    }

    public void CompactionFailed() => Interlocked.Increment(ref _failedCompactions);

    public void Listening() => Volatile.Write(ref _listening, 1);

    /// <summary>The line is lost, or could not be had.</summary>
    public void LineLost()
    {
        if (Interlocked.Exchange(ref _listening, 0) == 1)
            Interlocked.Increment(ref _linesLost);
    }

    public void Heard(int length)
    {
        Interlocked.Increment(ref _news);
        Interlocked.Add(ref _newsBytes, length);
    }

    public void JournalHolds(long rows, long bytes)
    {
        Volatile.Write(ref _journalRows, rows);
        Volatile.Write(ref _journalBytes, bytes);
    }

    public void Fenced() => Volatile.Write(ref _fenced, 1);

    public void Dispose() => _meter.Dispose();

    private void Count(string name, string unit, string description, Func<long> read) =>
        _meter.CreateObservableCounter("runnel.streams." + name, read, unit, description);

    private void Show(string name, string unit, string description, Func<long> read) =>
        _meter.CreateObservableUpDownCounter("runnel.streams." + name, read, unit, description);
}
