namespace Runnel.Server.Turns.Stopping;

/// <summary>Which turn is to be stopped; the running one when it is not named.</summary>
internal sealed record StopRequest(string? TurnId, string? ClientMessageId);
