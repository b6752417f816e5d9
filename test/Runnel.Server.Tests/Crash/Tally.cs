namespace Runnel.Server.Tests.Crash;

/// <summary>What was compared in all rounds.</summary>
internal sealed class Tally
{
    public int Rounds { get; set; }

    /// <summary>Events of the log that the clients had been shown, each counted for each client.</summary>
    public long Seen { get; set; }

    /// <summary>Those events, each counted for each time that it was held against a replay.</summary>
    public long Compared { get; set; }

    public int Turns { get; set; }

    public int Interrupted { get; set; }

    // Where something is missing or doubled the run has failed before this is written.
    public override string ToString() =>
        $"rounds {Rounds}, events seen {Seen}, events compared {Compared}, turns {Turns}, interrupted {Interrupted}, "
        + "missing 0, doubled 0";
}
