namespace Runnel.Streams.AspNetCore.Metrics;

/// <summary>Where an open response is. The words of the metric are these, in lower case.</summary>
internal enum StreamState
{
    /// <summary>It is still sending what was there when it began.</summary>
    Replaying,

    /// <summary>It has sent everything.</summary>
    Live,

    /// <summary>Something waits that it has not sent: the server is busy, or the client reads slowly.</summary>
    Lagging,

    /// <summary>It was told to end because the server is stopping.</summary>
    Draining,
}
