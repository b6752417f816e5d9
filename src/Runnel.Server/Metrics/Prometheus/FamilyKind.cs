namespace Runnel.Server.Metrics.Prometheus;

/// <summary>The types of the text format that .NET's instruments map to.</summary>
internal enum FamilyKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts in buckets.</summary>
    Histogram,
}
