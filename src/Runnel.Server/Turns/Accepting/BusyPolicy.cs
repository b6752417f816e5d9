namespace Runnel.Server.Turns.Accepting;

/// <summary>What a message does that meets an answer being written: <c>when_busy</c>.</summary>
internal enum BusyPolicy
{
    /// <summary>It is refused.</summary>
    Reject,

    /// <summary>It waits for its turn.</summary>
    Enqueue,

    /// <summary>The answer is stopped and kept; the message goes next, ahead of what waits.</summary>
    Interrupt,

    /// <summary>The answer is stopped and leaves the history with its message; the new message takes their place.</summary>
    Rollback,
}
