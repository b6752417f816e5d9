using System.Text.Json.Serialization;

namespace Runnel.Server.Training.Events;

/// <summary><c>training_message_deleted</c>: a message left the history, and what only it had said the knowledge.</summary>
internal sealed record TrainingMessageDeleted(long DigitalHumanId, string RoundId, string MessageId)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = TrainingEventNames.MessageDeleted;
}
