using System.Text.Json.Serialization;

namespace Runnel.Server.Training.Events;

/// <summary><c>training_queued</c>: a message waits for the rounds before it; again, without the message, when its place has
/// moved.</summary>
internal sealed record TrainingQueued(long DigitalHumanId, string RoundId, int Position)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = TrainingEventNames.Queued;

    public string? MessageId { get; init; }

    public string? Content { get; init; }

    public string? ClientMessageId { get; init; }
}
