using Runnel.Server.Persistence;
using Runnel.Streams.Stores;

namespace Runnel.Server.Conversations.Rows;

/// <summary>The row of a conversation that begins, to be committed with whatever else begins it.</summary>
internal sealed record NewConversation(string ThreadId, string OwnerId, string Title, DateTimeOffset CreatedAt)
{
    public const int TitleCharacters = 200;

    public static NewConversation Create(string ownerId, string title, DateTimeOffset now) =>
        new(Guid.CreateVersion7(now).ToString("N"), ownerId, title, now);

    public Participant Insert() => new(
        "conversation",
        """
        insert into conversations (thread_id, owner_id, title, created_at, updated_at)
        values (@thread, @owner, @title, @now, @now)
        """,
        new Dictionary<string, object?>
        {
            ["thread"] = ThreadId,
            ["owner"] = OwnerId,
            ["title"] = Title,
            ["now"] = UtcText.Write(CreatedAt),
        });
}
