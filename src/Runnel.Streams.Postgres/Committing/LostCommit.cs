using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.Committing;

/// <summary>A commit of which the acknowledgement was lost.</summary>
internal sealed class LostCommit(long batch, CommitPlan plan, IReadOnlyList<PendingAppend> appends)
{
    // The list is the caller's, who may use it again for others.
    private readonly PendingAppend? _first = appends.Count > 0 ? appends[0] : null;

    /// <summary>Its number among the commits of this process.</summary>
    public long Batch => batch;

    public CommitPlan Plan => plan;

    /// <summary>Whether it is there, once that is known.</summary>
    public bool IsStored { get; set; }

    /// <summary>Whether it is of this batch.</summary>
    public bool Has(IReadOnlyList<PendingAppend> given) => _first is not null && given.Count > 0 && given[0] == _first;
}
