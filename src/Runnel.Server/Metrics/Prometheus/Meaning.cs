namespace Runnel.Server.Metrics.Prometheus;

/// <summary>What a measurement is to the value that is shown.</summary>
internal enum Meaning
{
    /// <summary>It is added.</summary>
    Added,

    /// <summary>It takes its place.</summary>
    Latest,

    /// <summary>It takes its place, and holds for one reading.</summary>
    Observed,
}
