namespace Runnel.Server.Conversations.Events;

/// <summary>What a person thinks of an answer; <c>none</c> takes it back.</summary>
internal sealed record Feedback(string MessageId, string Rating, string? Comment);
