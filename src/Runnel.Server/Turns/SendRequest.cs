namespace Runnel.Server.Turns;

/// <summary>The body of <c>send</c>.</summary>
internal sealed record SendRequest(
    string? Message, string? ThreadId, long? DigitalHumanId, string? ClientMessageId, string? WhenBusy, string? Model);
