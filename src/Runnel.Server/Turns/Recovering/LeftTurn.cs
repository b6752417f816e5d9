namespace Runnel.Server.Turns.Recovering;

/// <summary>A turn that runs by its row, and nowhere else.</summary>
internal sealed record LeftTurn(
    string TurnId,
    string ThreadId,
    string OwnerId,
    string UserMessageId,
    string MessageId,
    string Model,
    long StartedAfter,
    string? EndRequested,
    string? ModelName,
    long? DigitalHumanId,
    string? KnowledgeUsed,
    long OwnMessages);
