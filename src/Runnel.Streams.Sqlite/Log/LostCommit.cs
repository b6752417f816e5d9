using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>A commit of which the acknowledgement was lost.</summary>
internal sealed class LostCommit(long id, CommitPlan plan, IReadOnlyList<PendingAppend> appends)
{
    // The list is the caller's, who may use it again for others.
    private readonly PendingAppend? _first = appends.Count > 0 ? appends[0] : null;

    public long Id => id;

    public CommitPlan Plan => plan;

    /// <summary>Whether it is there, once that is known.</summary>
    public bool IsStored { get; set; }

    /// <summary>Whether it is of this batch.</summary>
    public bool Has(IReadOnlyList<PendingAppend> batch) => _first is not null && batch.Count > 0 && batch[0] == _first;
}
