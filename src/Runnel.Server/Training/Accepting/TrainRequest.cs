using System.Text.Json.Serialization;
using Runnel.Server.Hosting.Wording;

namespace Runnel.Server.Training.Accepting;

/// <summary>The body of <c>train/stream</c>.</summary>
internal sealed record TrainRequest(
    long? DigitalHumanId,
    [property: JsonConverter(typeof(TextConverter))] string? Message,
    string? ClientMessageId,
    string? WhenBusy);
