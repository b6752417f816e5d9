using Runnel.Server.Conversations.Rows;
using Runnel.Server.Models;

namespace Runnel.Server.Conversations.Exporting;

/// <summary>A message of an exported conversation, with where its words came from.</summary>
internal sealed record ExportedMessage(
    string MessageId,
    string? ParentId,
    string TurnId,
    string Role,
    string Content,
    string Reasoning,
    string Status,
    string? FinishReason,
    string? Model,
    Usage? Usage,
    IReadOnlyList<UsedKnowledge.Item> KnowledgeUsed,
    string? Rating,
    string? Comment,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt)
{
    public static ExportedMessage From(Message message, UnfinishedAnswer? unfinished, UsedKnowledge used)
    {
        var shown = message.Status == "streaming" && unfinished?.MessageId == message.MessageId ? unfinished : null;
        return new ExportedMessage(
            message.MessageId,
            message.ParentId,
            message.TurnId,
            message.Role,
            shown?.Content ?? message.Content,
            shown?.Reasoning ?? message.Reasoning,
            message.Status,
            message.FinishReason,
            message.Model,
            message.OutputTokens is { } output
                ? new Usage(message.InputTokens ?? 0, output, message.UsageEstimated ?? true)
                : null,
            used.Of(message),
            message.Rating,
            message.RatingComment,
            message.CreatedAt,
            message.EndedAt);
    }
}
