using Runnel.Streams.Events;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>What a transaction will have added once it has committed. Numbers are drawn here; nobody else sees them before
/// <see cref="Apply"/>, so that a transaction which fails has taken none.</summary>
internal sealed class CommitPlan
{
    private readonly Dictionary<StreamName, Planned> _streams = [];

    public StoredStream? Find(StreamName name) => _streams.TryGetValue(name, out var planned) ? planned.Stream : null;

    /// <summary>Brings a stream into the plan.</summary>
    public void Include(StoredStream stream) => _streams.TryAdd(stream.Name, new Planned(stream));

    /// <summary>Takes a stream out of the plan again: its row was rolled back.</summary>
    public void Exclude(StreamName name) => _streams.Remove(name);

    /// <summary>The number of the last event of a stream of the plan.</summary>
    public long LastOf(StreamName name)
    {
        var planned = _streams[name];
        return planned.Stream.Head.Last + planned.Added.Count;
    }

    public Cursor CursorOf(StreamName name, long number) =>
        new(Cursor.MarkOf(name), _streams[name].Stream.Head.Generation, number);

    /// <summary>Adds events to a stream.</summary>
    public void Add(StreamName name, IReadOnlyList<StreamEvent> events, long homeId)
    {
        var added = _streams[name].Added;
        foreach (var next in events)
            added.Add(new StoredEvent(next, homeId));
    }

    /// <summary>After the commit: makes it true.</summary>
    public void Apply(Action<StoredStream> keep)
    {
        foreach (var planned in _streams.Values)
        {
            planned.Stream.Add(planned.Added);
            keep(planned.Stream);
        }
    }

    private sealed record Planned(StoredStream Stream)
    {
        public List<StoredEvent> Added { get; } = [];
    }
}
