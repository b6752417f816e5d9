using System.Text.Json.Serialization;

namespace Runnel.Server.Conversations.Events;

/// <summary><c>conversation_deleted</c>: nothing of the conversation is left, and nothing more will come of it.</summary>
internal sealed record ConversationDeleted(string ThreadId)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = EventNames.Deleted;
}
