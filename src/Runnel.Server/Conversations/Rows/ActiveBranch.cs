using Runnel.Streams.Stores;

namespace Runnel.Server.Conversations.Rows;

/// <summary>Which branch of a conversation is the active one: the one that history shows, and that the next message goes on.</summary>
internal static class ActiveBranch
{
    /// <summary>Refuses while a turn runs or waits, and when something follows the leaf by now.</summary>
    public static Participant Set(string threadId, string ownerId, string leafId) => new(
        "conversation",
        $"""
        update conversations set active_message_id = @leaf, history_at = @position, {ConversationPosition.Moves}
        where thread_id = @thread and owner_id = @owner and running_turn_id is null
          and not exists (select 1 from turns where thread_id = @thread and status in ('queued', 'running'))
          and not exists (select 1 from messages where thread_id = @thread and parent_id = @leaf and hidden = 0)
        """,
        new Dictionary<string, object?>
        {
            ["leaf"] = leafId,
            ["position"] = EventNumber.Last,
            ["thread"] = threadId,
            ["owner"] = ownerId,
        });
}
