namespace Runnel.Streams.Metrics;

/// <summary>How a follower came in. The words of the metric are these, in lower case.</summary>
internal enum FollowStart
{
    /// <summary>It asked for what comes next.</summary>
    Now,

    /// <summary>Its cursor was honoured.</summary>
    Resumed,

    /// <summary>It asked for all that is retained.</summary>
    Oldest,

    /// <summary>What follows its cursor is no longer retained.</summary>
    Retention,

    /// <summary>Its cursor is of a log that was recreated.</summary>
    Recreated,

    /// <summary>Its cursor lies beyond what the store has.</summary>
    Ahead,
}
