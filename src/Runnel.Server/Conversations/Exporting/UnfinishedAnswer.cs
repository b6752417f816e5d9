namespace Runnel.Server.Conversations.Exporting;

/// <summary>An answer that is being written, as far as it is.</summary>
internal sealed record UnfinishedAnswer(string MessageId, string Content, string Reasoning);
