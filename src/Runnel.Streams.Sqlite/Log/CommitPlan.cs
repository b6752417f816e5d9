using Runnel.Streams.Events;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>What a transaction will have changed once it has committed. Numbers are drawn here; nobody else sees them before
/// <see cref="Apply"/>, so that a transaction which fails has taken none.</summary>
internal sealed class CommitPlan(long incarnation)
{
    private readonly Dictionary<StreamName, PlannedStream> _streams = [];
    private readonly Dictionary<long, StoredStream> _deleted = [];

    /// <summary>Which opening of the log commits it.</summary>
    public long Incarnation => incarnation;

    /// <summary>What the transaction adds to the journal, in bytes.</summary>
    public int JournalBytes { get; set; }

    /// <summary>A stream of the plan; null when it is not in it.</summary>
    public PlannedStream? Find(StreamName name) => _streams.GetValueOrDefault(name);

    /// <summary>A stream of the plan.</summary>
    public PlannedStream Of(StreamName name) => _streams[name];

    /// <summary>Brings a stream into the plan.</summary>
    public PlannedStream Include(StoredStream stream) => _streams[stream.Name] = new PlannedStream(stream);

    /// <summary>Takes a stream out of the plan again: its row was rolled back.</summary>
    public void Exclude(StreamName name) => _streams.Remove(name);

    /// <summary>Whether the transaction takes a stream out of the log.</summary>
    public bool Deletes(StoredStream stream) => _deleted.ContainsKey(stream.Id);

    /// <summary>Takes a stream out of the log.</summary>
    public void Delete(PlannedStream planned)
    {
        _streams.Remove(planned.Stream.Name);
        _deleted[planned.Stream.Id] = planned.Stream;
    }

    /// <summary>After the commit: makes it true.</summary>
    public void Apply(RecentStreams recent)
    {
        foreach (var planned in _streams.Values)
        {
            planned.Apply();
            recent.Keep(planned.Stream);
            if (planned.IsTrimmed)
                recent.NeedsErasing = true;
        }

        if (_deleted.Count > 0)
            recent.Forget(_deleted);
        recent.CountJournal(JournalBytes);
    }
}
