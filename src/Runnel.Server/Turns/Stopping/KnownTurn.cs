namespace Runnel.Server.Turns.Stopping;

/// <summary>A turn as its row says.</summary>
internal sealed record KnownTurn(string TurnId, string Status, long? EndedAt);
