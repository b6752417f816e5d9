using Runnel.Server.Turns.Running;

namespace Runnel.Server.Turns.Queueing;

/// <summary>A turn that has not ended, as its row says.</summary>
internal sealed record QueuedTurn(
    string TurnId,
    string UserMessageId,
    string MessageId,
    string Status,
    string Model,
    string? ModelName,
    string? EndRequested,
    long QueueOrder,
    string? Follows,
    long OwnMessages)
{
    /// <inheritdoc cref="Turn.HasOwnMessage"/>
    public bool HasOwnMessage => OwnMessages > 0;
}
