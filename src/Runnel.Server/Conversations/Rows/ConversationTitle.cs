using Runnel.Server.Hosting.Wording;
using Runnel.Server.Persistence;
using Runnel.Streams.Stores;

namespace Runnel.Server.Conversations.Rows;

/// <summary>The title of a conversation: one line.</summary>
internal static class ConversationTitle
{
    public const int MaxCharacters = 200;

    public static bool IsTooLong(string title) => Texts.IsLonger(title, MaxCharacters);

    /// <summary>A person's title, whoever gave the last one.</summary>
    public static Participant Rename(string threadId, string ownerId, string title, DateTimeOffset now) => new(
        "conversation",
        $"""
        update conversations set title = @title, titled_by = 'person', updated_at = @now, {ConversationPosition.Moves}
        where thread_id = @thread and owner_id = @owner
        """,
        new Dictionary<string, object?>
        {
            ["title"] = title,
            ["now"] = UtcText.Write(now),
            ["position"] = EventNumber.Last,
            ["thread"] = threadId,
            ["owner"] = ownerId,
        });

    /// <summary>A model's title; refuses where a person has given one.</summary>
    public static Participant Suggest(string threadId, string ownerId, string title) => new(
        "conversation",
        $"""
        update conversations set title = @title, titled_by = 'model', {ConversationPosition.Moves}
        where thread_id = @thread and owner_id = @owner and titled_by in ('nobody', 'message')
        """,
        new Dictionary<string, object?>
        {
            ["title"] = title,
            ["position"] = EventNumber.Last,
            ["thread"] = threadId,
            ["owner"] = ownerId,
        });
}
