namespace Runnel.Server.Answering;

/// <summary>How far an answer is that is being given.</summary>
internal sealed class AnswerProgress
{
    /// <summary>When it began, as a timestamp.</summary>
    public long BeganAt { get; init; }

    public Answer Answer { get; } = new();

    /// <summary>What the model that is asked calls itself; another one when the first has failed.</summary>
    public required string Model { get; set; }

    /// <summary>What messages call that model.</summary>
    public string ModelName { get; set; } = "";

    /// <summary>The code of what ended the turn, where an error did.</summary>
    public string? FailureCode { get; set; }

    /// <summary>What that model was given, estimated.</summary>
    public long PromptTokens { get; set; }

    /// <summary>When the first text went into the log, as a timestamp.</summary>
    public long? FirstTextAt { get; set; }

    /// <summary>The <see cref="ModelName"/> of the model that gave it.</summary>
    public string FirstTextModel { get; set; } = "";
}
