using Runnel.Server.Conversations.Rows;
using Runnel.Server.Models;

namespace Runnel.Server.Conversations;

/// <summary>A message as clients see it.</summary>
internal sealed record MessageItem(
    string MessageId,
    string? ParentId,
    string Role,
    string Content,
    string Reasoning,
    string Status,
    string? FinishReason,
    string? Model,
    Usage? Usage,
    IReadOnlyList<string> Siblings,
    IReadOnlyList<UsedKnowledge.Item> KnowledgeUsed,
    MessageItem.Opinion? Feedback,
    DateTimeOffset CreatedAt)
{
    public static MessageItem From(Message message, IReadOnlyList<string> siblings, UsedKnowledge used) => new(
        message.MessageId,
        message.ParentId,
        message.Role,
        message.Content,
        message.Reasoning,
        message.Status,
        message.FinishReason,
        message.Model,
        message.OutputTokens is null
            ? null
            : new Usage(message.InputTokens ?? 0, message.OutputTokens.Value, message.UsageEstimated ?? true),
        siblings,
        used.Of(message),
        message.Rating is { } rating ? new Opinion(rating, message.RatingComment) : null,
        message.CreatedAt);

    /// <summary>What the reader thinks of it.</summary>
    internal sealed record Opinion(string Rating, string? Comment);
}
