namespace Runnel.Server.Training.Stopping;

/// <summary>What a stop came to.</summary>
/// <param name="Stopped">Whether the round ended because it was stopped.</param>
/// <param name="RoundId">The round; null when there has been none.</param>
/// <param name="Status">What became of it.</param>
/// <param name="LastEventId">The cursor of its terminal event; where there has been no round, of the newest event.</param>
internal sealed record StoppedRound(bool Stopped, string? RoundId, string? Status, string LastEventId);
