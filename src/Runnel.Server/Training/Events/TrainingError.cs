using System.Text.Json.Serialization;

namespace Runnel.Server.Training.Events;

/// <summary><c>training_error</c>: the round is over without a question. <c>error</c> is a sentence for a person.</summary>
internal sealed record TrainingError(
    long DigitalHumanId, string RoundId, string MessageId, string Error, string Code, bool Retryable)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = TrainingEventNames.Error;
}
