using Runnel.Server.Training.Progress;
using Runnel.Server.Training.Running;

namespace Runnel.Server.Training.Queueing;

/// <summary>A round that has not ended, as its row says.</summary>
internal sealed record WaitingRound(
    string RoundId,
    long DigitalHumanId,
    string OwnerId,
    string MessageId,
    string Content,
    string Language,
    string Status,
    string? ClientMessageId,
    string? EndRequested)
{
    public Round ToRound() =>
        new(RoundId, DigitalHumanId, OwnerId, MessageId, Content, Languages.Read(Language));
}
