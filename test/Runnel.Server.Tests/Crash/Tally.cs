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

    /// <summary>From a process's start until it answers, after each kill.</summary>
    public List<TimeSpan> Starts { get; } = [];

    // Where something is missing or doubled the run has failed before this is written.
    public override string ToString() =>
        $"rounds {Rounds}, events seen {Seen}, events compared {Compared}, turns {Turns}, interrupted {Interrupted}, "
        + $"missing 0, doubled 0, starts median {Milliseconds(Starts.Count / 2)} ms, worst {Milliseconds(Starts.Count - 1)} ms";

    private int Milliseconds(int place) => (int)Starts.Order().ElementAtOrDefault(place).TotalMilliseconds;
}
