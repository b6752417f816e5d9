using System.ComponentModel.DataAnnotations;

namespace Runnel.Server.Configuration;

/// <summary>How a server takes part where several share a PostgreSQL database: <c>Cluster:*</c>.</summary>
internal sealed class ClusterOptions
{
    /// <summary>Who this server is. One that starts under the name of another fences that one off and takes over at once, so give
    /// each its own. Without it a server has a name that nobody else has, and one that died is missed for a lease.</summary>
    [StringLength(100)]
    public string? NodeName { get; set; }

    /// <summary>What becomes of answers that a server cannot finish.</summary>
    public UnfinishedTurns UnfinishedTurns { get; set; }

    [Range(1, 60)]
    public double LeaseSeconds { get; set; } = 3;

    /// <summary>How long a server may be silent, while the database answers, before the others take over what it ran.</summary>
    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);
}
