namespace Runnel.Server.Turns.Accepting;

/// <summary>A message that passed the rules.</summary>
internal sealed record NewMessage(string OwnerId, string Text, string? ThreadId, string? ClientMessageId);
