using System.Text.Json.Serialization;
using Runnel.Server.Models;

namespace Runnel.Server.Conversations.Events;

/// <summary><c>ai_response_complete</c>: the end of a turn whose answer is saved.</summary>
internal sealed record AiResponseComplete(
    string ThreadId,
    string TurnId,
    string MessageId,
    string FinalContent,
    string FinishReason,
    Usage Usage,
    string Model,
    long DurationMs,
    long? FirstTokenMs,
    IReadOnlyList<UsedFact> KnowledgeUsed)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = EventNames.Complete;
}
