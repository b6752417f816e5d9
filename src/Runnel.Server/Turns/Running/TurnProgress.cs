using Runnel.Server.Turns.Context;

namespace Runnel.Server.Turns.Running;

/// <summary>How far a running turn is.</summary>
internal sealed class TurnProgress
{
    /// <summary>When it began, as a timestamp.</summary>
    public long BeganAt { get; init; }

    public Answer Answer { get; } = new();

    /// <summary>What the model that is asked calls itself; another one when the first has failed.</summary>
    public required string Model { get; set; }

    /// <summary>What that model was given, estimated.</summary>
    public long PromptTokens { get; set; }

    /// <summary>Who answers, once it is read; null for nobody in particular.</summary>
    public Character? Character { get; set; }

    /// <summary>When the first text went into the log, as a timestamp.</summary>
    public long? FirstTextAt { get; set; }
}
