using System.Text.Json.Serialization;

namespace Runnel.Server.Conversations.Events;

/// <summary><c>user_message</c>: what a person wrote, once it is saved.</summary>
internal sealed record UserMessage(
    string ThreadId,
    string TurnId,
    string MessageId,
    string Content,
    string? ClientMessageId,
    DateTimeOffset CreatedAt)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = EventNames.UserMessage;
}
