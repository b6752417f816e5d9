namespace Runnel.Streams.Testing.Model;

/// <summary>What can be done with a log, in whatever order.</summary>
public enum StepKind
{
    /// <summary>Appends to one stream.</summary>
    Append,

    /// <summary>Appends to one stream and, by reference, to its owner's.</summary>
    AppendOwned,

    /// <summary>Appends with a participant that refuses.</summary>
    AppendRefused,

    /// <summary>Appends with a participant that takes part.</summary>
    AppendTogether,

    /// <summary>Appends to all streams at once, so that commits are shared.</summary>
    AppendToAll,

    /// <summary>Ends a stream.</summary>
    End,

    /// <summary>Gives up a stream's oldest events.</summary>
    Trim,

    /// <summary>Deletes a stream.</summary>
    Delete,

    /// <summary>Follows from the oldest event.</summary>
    FollowOldest,

    /// <summary>Follows from now.</summary>
    FollowNow,

    /// <summary>Reads all that a follower finds.</summary>
    Read,

    /// <summary>Disposes a follower, as a connection does that breaks.</summary>
    Cut,

    /// <summary>Follows from where a follower was cut.</summary>
    Resume,

    /// <summary>Resumes at a cursor that the log has not come to.</summary>
    ResumeAhead,

    /// <summary>Has the store bring everything into its final place.</summary>
    Settle,

    /// <summary>Closes the log and opens it again on the same data.</summary>
    Restart,
}
