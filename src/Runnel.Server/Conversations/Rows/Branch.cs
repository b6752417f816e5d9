using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations.Rows;

/// <summary>Reads a branch of a conversation upwards from a message: as much as asked for, whatever lies above or beside.
/// Hidden messages are passed over.</summary>
internal static class Branch
{
    /// <summary>A message and those above it, the oldest first.</summary>
    public static async Task<List<Message>> ReadAsync(
        RunnelDbContext database, string threadId, string? lastMessageId, int limit, CancellationToken cancellationToken)
    {
        var messages = await database.Set<Message>()
            .FromSql($"""
                with recursive branch (id, hidden, depth) as (
                  select message_id, hidden, 1 - hidden from messages
                  where message_id = {lastMessageId} and thread_id = {threadId}
                  union all
                  select above.message_id, above.hidden, branch.depth + 1 - above.hidden
                  from branch
                  join messages below on below.message_id = branch.id
                  join messages above on above.message_id = below.parent_id
                  where branch.depth < {limit})
                select messages.* from branch join messages on messages.message_id = branch.id
                where branch.hidden = 0 order by branch.depth
                """)
            .AsNoTracking()
            .IgnoreQueryFilters()
            .ToListAsync(cancellationToken);
        messages.Reverse();
        return messages;
    }
}
