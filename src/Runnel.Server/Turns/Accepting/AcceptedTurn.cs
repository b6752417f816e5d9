using Runnel.Streams.Events;

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
    /// <summary>The number of the event that ended it; null while it runs.</summary>
    public long? EndedAt { get; init; }
}
