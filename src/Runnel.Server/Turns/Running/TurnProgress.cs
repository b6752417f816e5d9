namespace Runnel.Server.Turns.Running;

/// <summary>How far a running turn is.</summary>
internal sealed class TurnProgress
{
    /// <summary>When it began, as a timestamp.</summary>
    public long BeganAt { get; init; }

    public Answer Answer { get; } = new();

    public int PromptCharacters { get; set; }

    /// <summary>When the first text went into the log, as a timestamp.</summary>
    public long? FirstTextAt { get; set; }
}
