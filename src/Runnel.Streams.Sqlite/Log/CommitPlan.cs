using Runnel.Streams.Events;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>What a transaction will have added once it has committed. Numbers are drawn here; nobody else sees them before
/// <see cref="Apply"/>, so that a transaction which fails has taken none.</summary>
internal sealed class CommitPlan
{
    private readonly Dictionary<StreamName, PlannedStream> _streams = [];

    public bool Has(StreamName name) => _streams.ContainsKey(name);

    /// <summary>A stream of the plan.</summary>
    public PlannedStream Of(StreamName name) => _streams[name];

    /// <summary>Brings a stream into the plan.</summary>
    public void Include(StoredStream stream) => _streams.TryAdd(stream.Name, new PlannedStream(stream));

    /// <summary>Takes a stream out of the plan again: its row was rolled back.</summary>
    public void Exclude(StreamName name) => _streams.Remove(name);

    /// <summary>After the commit: makes it true.</summary>
    public void Apply(RecentStreams recent)
    {
        foreach (var planned in _streams.Values)
        {
            planned.Stream.Add(planned.Added);
            recent.Keep(planned.Stream);
        }
    }
}
