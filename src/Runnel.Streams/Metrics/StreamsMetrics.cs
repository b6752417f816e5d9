using System.Diagnostics.Metrics;

namespace Runnel.Streams.Metrics;

/// <summary>
/// What the log shows of itself: the meter <c>Runnel.Streams</c>. Counts are plain numbers that are read only when somebody
/// asks, so that they cost an addition and begin at zero; nothing here allocates. Thread-safe.
/// </summary>
internal sealed class StreamsMetrics : IDisposable
{
    public const string MeterName = "Runnel.Streams";

    private static readonly KeyValuePair<string, object?>[] Starts =
        [.. Enum.GetNames<FollowStart>().Select(name => KeyValuePair.Create("outcome", (object?)name.ToLowerInvariant()))];

    private readonly Meter _meter;
    private readonly TimeProvider _time;
    private readonly Histogram<double> _appendDuration;
    private readonly Histogram<int> _commitEvents;
    private readonly Histogram<long> _replayEntries;
    private readonly long[] _follows = new long[Starts.Length];
    private long _events;
    private long _commits;
    private long _failedCommits;
    private long _storeReads;

    /// <param name="time">What durations are measured with.</param>
    /// <param name="meters">The container's, when it has one: then the meter ends with it.</param>
    public StreamsMetrics(TimeProvider time, IMeterFactory? meters = null)
    {
        _time = time;
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _appendDuration = _meter.CreateHistogram(
            "runnel.streams.append.duration", "s", "From an append to its commit.", advice: Buckets.Seconds);
        _commitEvents = _meter.CreateHistogram(
            "runnel.streams.commit.events", "{event}", "Events in one commit.", advice: Buckets.EventsOfACommit);
        _replayEntries = _meter.CreateHistogram(
            "runnel.streams.replay.entries", "{entry}", "Entries replayed to one follower.", advice: Buckets.EntriesOfAReplay);
        Count("runnel.streams.events.appended", "{event}", "Events that are durable.", () => Volatile.Read(ref _events));
        Count("runnel.streams.commits", "{commit}", "Commits that succeeded.", () => Volatile.Read(ref _commits));
        Count("runnel.streams.commits.failed", "{commit}", "Commits that failed.", () => Volatile.Read(ref _failedCommits));
        Count("runnel.streams.store.reads", "{page}", "Pages read for followers.", () => Volatile.Read(ref _storeReads));
        _meter.CreateObservableCounter("runnel.streams.follows", Follows, "{follower}", "Followers that began, by outcome.");
    }

    /// <summary>A timestamp, in ticks of the clock.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>Shows how many streams are followed, and by how many.</summary>
    public void ObserveFollowers(Func<(int Streams, int Followers)> count)
    {
        _meter.CreateObservableUpDownCounter(
            "runnel.streams.followed", () => count().Streams, "{stream}", "Streams that somebody follows.");
        _meter.CreateObservableUpDownCounter(
            "runnel.streams.followers", () => count().Followers, "{follower}", "Followers of all streams.");
    }

    public void Committed(int events)
    {
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _events, events);
        _commitEvents.Record(events);
    }

    public void CommitFailed() => Interlocked.Increment(ref _failedCommits);

    /// <summary>An append that was queued at a time is durable at another; both are timestamps.</summary>
    public void Appended(long queuedAt, long committedAt) =>
        _appendDuration.Record(_time.GetElapsedTime(queuedAt, committedAt).TotalSeconds);

    public void Followed(FollowStart start) => Interlocked.Increment(ref _follows[(int)start]);

    public void Replayed(long entries) => _replayEntries.Record(entries);

    public void ReadStore() => Interlocked.Increment(ref _storeReads);

    public void Dispose() => _meter.Dispose();

    private void Count(string name, string unit, string description, Func<long> read) =>
        _meter.CreateObservableCounter(name, read, unit, description);

    private IEnumerable<Measurement<long>> Follows()
    {
        for (var i = 0; i < Starts.Length; i++)
            yield return new Measurement<long>(Volatile.Read(ref _follows[i]), Starts[i]);
    }
}
