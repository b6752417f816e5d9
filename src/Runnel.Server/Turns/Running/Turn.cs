using Runnel.Server.Models;

namespace Runnel.Server.Turns.Running;

/// <summary>A message and its answer.</summary>
internal sealed record Turn(
    string TurnId,
    string ThreadId,
    string OwnerId,
    string UserMessageId,
    string MessageId,
    ConfiguredModel Model)
{
    /// <summary>Who answers; null for nobody in particular.</summary>
    public long? DigitalHumanId { get; init; }

    /// <summary>Whether its user's message came with it; else it answers an earlier one anew.</summary>
    public bool HasOwnMessage { get; init; } = true;

    /// <summary>How many attempts other servers have made at it.</summary>
    public int EarlierAttempts { get; init; }

    /// <summary>The number of its <c>ai_response_start</c>, where that is written already.</summary>
    public long? BegunAt { get; init; }
}
