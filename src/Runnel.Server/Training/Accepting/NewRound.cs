using Runnel.Server.Training.Progress;

namespace Runnel.Server.Training.Accepting;

/// <summary>A round that somebody wants. Every part passed the rules.</summary>
internal sealed record NewRound(
    string OwnerId, long DigitalHumanId, string Message, string? ClientMessageId, bool Waits, Language Language);
