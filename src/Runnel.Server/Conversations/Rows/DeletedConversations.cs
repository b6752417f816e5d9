using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;
using Runnel.Streams.Stores;

namespace Runnel.Server.Conversations.Rows;

/// <summary>What is left of deleted conversations: that they were there, and whose.</summary>
internal static class DeletedConversations
{
    /// <summary>The participant that refuses while a turn runs or waits, and when the conversation is gone.</summary>
    public const string Quiet = "conversation is quiet";

    /// <summary>Its messages and turns go with its row.</summary>
    public static IReadOnlyList<Participant> Delete(string threadId, string ownerId, DateTimeOffset now)
    {
        var values = new Dictionary<string, object?>
        {
            ["thread"] = threadId,
            ["owner"] = ownerId,
            ["now"] = UtcText.Write(now),
        };
        return
        [
            Statement.Of(
                Quiet,
                """
                delete from conversations where thread_id = @thread and owner_id = @owner and running_turn_id is null
                  and not exists (select 1 from turns where thread_id = @thread and status in ('queued', 'running'))
                """,
                values),
            Statement.Of(
                "deleted conversation",
                "insert into deleted_conversations (thread_id, owner_id, deleted_at) values (@thread, @owner, @now)",
                values),
        ];
    }

    /// <summary>The stream of a deleted conversation goes too; refused when the conversation is not deleted.</summary>
    public static Participant Forget(string threadId) => Statement.Of(
        "forgotten conversation",
        "update deleted_conversations set is_forgotten = 1 where thread_id = @thread and is_forgotten = 0",
        new Dictionary<string, object?> { ["thread"] = threadId });

    /// <summary>Whether a user had this conversation and deleted it.</summary>
    public static async Task<bool> HasAsync(
        IServiceScopeFactory scopes, string ownerId, string threadId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database
            .SqlQuery<long>($"""
                select 1 as "Value" from deleted_conversations where thread_id = {threadId} and owner_id = {ownerId}
                """)
            .AnyAsync(cancellationToken);
    }
}
