namespace Runnel.Server.Turns.Context;

/// <summary>A message, and the conversation that it is in.</summary>
internal readonly record struct MessagePlace(string ThreadId, string MessageId);
