using System.Text.Json.Serialization;
using Runnel.Server.Hosting.Wording;

namespace Runnel.Server.Turns.Accepting;

/// <summary>The body of <c>send</c>.</summary>
internal sealed record SendRequest(
    [property: JsonConverter(typeof(TextConverter))] string? Message,
    string? ThreadId,
    long? DigitalHumanId,
    string? ClientMessageId,
    string? WhenBusy,
    string? Model);
