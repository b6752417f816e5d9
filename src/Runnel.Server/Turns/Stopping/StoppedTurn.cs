namespace Runnel.Server.Turns.Stopping;

/// <summary>What a stop came to.</summary>
/// <param name="Stopped">Whether the turn ended because it was stopped.</param>
/// <param name="TurnId">The turn; null when there has been none.</param>
/// <param name="Status">What became of it.</param>
/// <param name="LastEventId">The cursor of its terminal event; where there has been no turn, of the newest event.</param>
internal sealed record StoppedTurn(bool Stopped, string? TurnId, string? Status, string LastEventId);
