using Runnel.Server.Persistence;
using Runnel.Streams.Stores;

namespace Runnel.Server.Conversations.Rows;

/// <summary>The row of a conversation that begins, to be committed with whatever else begins it.</summary>
internal sealed record NewConversation(
    string ThreadId, string OwnerId, string Title, string TitledBy, long? DigitalHumanId, DateTimeOffset CreatedAt)
{
    /// <summary>Begun by a person, who gives it a title or none.</summary>
    public static NewConversation Create(string ownerId, string title, long? digitalHumanId, DateTimeOffset now) =>
        new(NewId(now), ownerId, title, title.Length > 0 ? "person" : "nobody", digitalHumanId, now);

    /// <summary>Begun by a message, the beginning of which is its first title.</summary>
    public static NewConversation BegunByMessage(
        string ownerId, string title, long? digitalHumanId, DateTimeOffset now) =>
        new(NewId(now), ownerId, title, "message", digitalHumanId, now);

    public Participant Insert() => new(
        "conversation",
        """
        insert into conversations (thread_id, owner_id, title, titled_by, digital_human_id, created_at, updated_at)
        values (@thread, @owner, @title, @titled_by, @human, @now, @now)
        """,
        new Dictionary<string, object?>
        {
            ["thread"] = ThreadId,
            ["owner"] = OwnerId,
            ["title"] = Title,
            ["titled_by"] = TitledBy,
            ["human"] = DigitalHumanId,
            ["now"] = UtcText.Write(CreatedAt),
        });

    private static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");
}
