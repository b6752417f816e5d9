using Runnel.Server.Conversations.Rows;

namespace Runnel.Server.Conversations;

/// <summary>A conversation as clients see it.</summary>
internal sealed record ConversationItem(
    string ThreadId,
    string Title,
    long? DigitalHumanId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    bool Running)
{
    public static ConversationItem From(Conversation conversation) => new(
        conversation.ThreadId,
        conversation.Title,
        conversation.DigitalHumanId,
        conversation.CreatedAt,
        conversation.UpdatedAt,
        conversation.RunningTurnId is not null);
}
