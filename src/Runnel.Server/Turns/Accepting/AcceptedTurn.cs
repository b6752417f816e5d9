using Runnel.Server.Turns.Running;
using Runnel.Server.Turns.States;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Accepting;

/// <summary>A turn that was accepted: its message is saved, and these positions lie before its first event.</summary>
internal sealed record AcceptedTurn(
    string ThreadId,
    string TurnId,
    string UserMessageId,
    string MessageId,
    string Status,
    Cursor Before,
    Cursor OwnerBefore)
{
    /// <summary>Its place among those that wait, from 1; 0 when it does not wait.</summary>
    public int QueuePosition { get; init; }

    /// <summary>The number of the event that ended it; null while it runs.</summary>
    public long? EndedAt { get; init; }

    public static AcceptedTurn From(Turn turn, TurnPlace place, AppendReceipt receipt) => new(
        turn.ThreadId,
        turn.TurnId,
        turn.UserMessageId,
        turn.MessageId,
        place.Queue is null ? TurnState.Running : TurnState.Queued,
        receipt.Before,
        receipt.OwnerBefore)
    {
        QueuePosition = place.Position,
    };
}
