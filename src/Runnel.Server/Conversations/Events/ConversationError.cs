using System.Text.Json.Serialization;

namespace Runnel.Server.Conversations.Events;

/// <summary><c>conversation_error</c>: the end of a turn that could not be finished; what was shown is kept.</summary>
internal sealed record ConversationError(
    string ThreadId,
    string TurnId,
    string MessageId,
    string Error,
    string Code,
    bool Retryable,
    string PartialContent)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = EventNames.Error;
}
