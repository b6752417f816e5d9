namespace Runnel.Server.Conversations.Events;

/// <summary>What an answer took, in tokens; estimated where the model did not say.</summary>
internal sealed record Usage(long InputTokens, long OutputTokens, bool Estimated);
