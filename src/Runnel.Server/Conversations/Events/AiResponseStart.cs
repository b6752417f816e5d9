using System.Text.Json.Serialization;

namespace Runnel.Server.Conversations.Events;

/// <summary><c>ai_response_start</c>: a model is asked; attempts count from 1.</summary>
internal sealed record AiResponseStart(
    string ThreadId,
    string TurnId,
    string MessageId,
    long? DigitalHumanId,
    string Model,
    int Attempt,
    DateTimeOffset StartedAt)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = EventNames.Start;
}
