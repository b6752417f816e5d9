using Runnel.Server.Persistence;
using Runnel.Streams.Stores;

namespace Runnel.Server.Conversations.Following;

/// <summary>The row of a user's stream that is awake: when it was last used. It comes and goes in the commits in which the stream
/// does.</summary>
internal static class OwnerStreamRow
{
    /// <summary>The stream is used. Belongs to every append to it, but those of turns that run: their end is one.</summary>
    public static Participant Use(string ownerId, DateTimeOffset now) => Statement.Of(
        "use of the owner's stream",
        """
        insert into owner_streams (owner_id, used_at) select id, @now from users where id = @owner
        on conflict (owner_id) do update set used_at = excluded.used_at
        """,
        new Dictionary<string, object?> { ["owner"] = ownerId, ["now"] = UtcText.Write(now) },
        expectedRows: null);

    /// <summary>The stream goes: refused when it was used since a time, and while a turn of the user runs or waits.</summary>
    public static Participant Drop(string ownerId, DateTimeOffset limit) => Statement.Of(
        "nobody uses the owner's stream",
        """
        delete from owner_streams where owner_id = @owner and used_at < @limit
          and not exists (select 1 from turns where owner_id = @owner and status in ('queued', 'running'))
        """,
        new Dictionary<string, object?> { ["owner"] = ownerId, ["limit"] = UtcText.Write(limit) });
}
