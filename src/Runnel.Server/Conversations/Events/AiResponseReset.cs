using System.Text.Json.Serialization;

namespace Runnel.Server.Conversations.Events;

/// <summary><c>ai_response_reset</c>: the text shown so far is withdrawn, and a new attempt begins; the reason is the code of what
/// ended the last.</summary>
internal sealed record AiResponseReset(string ThreadId, string TurnId, string MessageId, string Reason)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = EventNames.Reset;
}
