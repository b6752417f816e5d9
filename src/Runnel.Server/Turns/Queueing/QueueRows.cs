using Runnel.Server.Conversations.Events;
using Runnel.Server.Persistence;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Queueing;

/// <summary>What every change of a queue has in common: it is refused where somebody else has changed the conversation since
/// it was looked at, and it tells those whose place has moved.</summary>
internal static class QueueRows
{
    /// <summary>The participant that refuses when the conversation is not as it was, or gone.</summary>
    public const string Refused = "conversation is as it was";

    /// <summary>The conversation is still as the state says, and this append changes it.</summary>
    public static Participant Change(QueueState state) => Statement.Of(
        Refused,
        """
        update conversations
        set history_at = @position, position = case when running_turn_id is null then @position else position end
        where thread_id = @thread and history_at = @seen
        """,
        new Dictionary<string, object?>
        {
            ["thread"] = state.Conversation.ThreadId,
            ["seen"] = state.Conversation.HistoryAt,
            ["position"] = EventNumber.Last,
        });

    /// <summary>The events for turns that stand one after the other from a position.</summary>
    public static IEnumerable<NewEvent> Positions(string threadId, IEnumerable<QueuedTurn> turns, int first) =>
        turns.Select((turn, index) => ConversationEvents.From(new TurnQueued(threadId, turn.TurnId, first + index)));
}
