using System.Text.Json;
using System.Text.Json.Serialization;

namespace Runnel.Server.Training.Events;

/// <summary><c>training_complete</c>: the round is over, and this is the next question.</summary>
internal sealed record TrainingComplete(
    long DigitalHumanId,
    string RoundId,
    string MessageId,
    string Message,
    string Question,
    JsonElement Learned,
    RoundUsage Usage)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = TrainingEventNames.Complete;
}
