namespace Runnel.Server.Training.Running;

/// <summary>What a round's row says once it has ended.</summary>
/// <param name="RoundId">The round.</param>
/// <param name="Status">Complete, stopped or failed.</param>
/// <param name="Code">Why it has no question; null when it has.</param>
internal sealed record RoundEnd(string RoundId, string Status, string? Code)
{
    public string? Question { get; init; }

    /// <summary>What was learned, as JSON; null leaves what the row says.</summary>
    public string? Learned { get; init; }
}
