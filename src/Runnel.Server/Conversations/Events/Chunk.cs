namespace Runnel.Server.Conversations.Events;

/// <summary>The part that all chunks of one text share; their <c>content</c> is the delta's.</summary>
internal sealed record Chunk(string Type, string ThreadId, string TurnId, string MessageId);
