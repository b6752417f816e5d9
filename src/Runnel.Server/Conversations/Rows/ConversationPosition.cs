using Runnel.Streams.Stores;

namespace Runnel.Server.Conversations.Rows;

/// <summary>How <see cref="Conversation.Position"/> follows what changes besides turns. While a turn runs it stays where the
/// turn put it: who reads history then, and finds that the turn has ended meanwhile, gets the answer from there.</summary>
internal static class ConversationPosition
{
    /// <summary>A clause of <c>set</c>; takes the parameter <c>position</c>.</summary>
    public const string Moves = "position = case when running_turn_id is null then @position else position end";

    /// <summary>For a change that nothing else in the conversation's row shows.</summary>
    public static Participant Move(string threadId, string ownerId) => new(
        "conversation",
        $"update conversations set {Moves} where thread_id = @thread and owner_id = @owner",
        new Dictionary<string, object?>
        {
            ["position"] = EventNumber.Last,
            ["thread"] = threadId,
            ["owner"] = ownerId,
        });
}
