using System.Text.Json.Serialization;

namespace Runnel.Server.Training.Events;

/// <summary><c>training_start</c>: a round begins. <c>message</c> is a line for people, not what the user said.</summary>
internal sealed record TrainingStart(long DigitalHumanId, string RoundId, string Message)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = TrainingEventNames.Start;
}
