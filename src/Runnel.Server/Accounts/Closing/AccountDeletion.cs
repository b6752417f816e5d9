using Microsoft.EntityFrameworkCore;
using Runnel.Server.Auditing;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Deleting;
using Runnel.Server.Turns.Deleting;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Accounts.Closing;

/// <summary>
/// Deletes an account with all that is its owner's. First it is closed: nobody signs in any more, and sessions, keys and streams
/// end. Then its conversations and digital humans go, what runs first, and last its own stream and its row: until then a process
/// that dies leaves it to its next start, or to another one.
/// </summary>
internal sealed class AccountDeletion(
    RunnelDbContext database,
    AccountEnd end,
    ConversationDeletion conversations,
    OwnersTraining training,
    IEventStreams streams,
    AuditLog audit)
{
    /// <summary>Deletes it to the end, whoever has stopped waiting for that.</summary>
    public async Task DeleteAsync(string userId)
    {
        await end.CloseAsync(userId);
        var deleted = 0;
        // A request that was let in just before may have begun another conversation; the row stays until there is none. And
        // another server may be at the same: one of the two deletes the row.
        while (await database.Users.AnyAsync(user => user.Id == userId))
        {
            deleted += await DeleteConversationsAsync(userId);
            await training.DeleteAsync(userId);
            if (!await TryDeleteRowAsync(userId))
                continue;
            audit.AccountDeleted(userId, deleted);
            return;
        }
    }

    private async Task<int> DeleteConversationsAsync(string userId)
    {
        var threads = await OwnConversations.Of(database, userId)
            .Select(conversation => conversation.ThreadId).ToListAsync();
        foreach (var threadId in threads)
            await conversations.DeleteAsync(userId, threadId, CancellationToken.None);
        return threads.Count;
    }

    /// <summary>Whether it was deleted here. It commits with the end of the owner's stream, so that the log, which then erases the text of
    /// that from the files, erases what the row said too.</summary>
    private async Task<bool> TryDeleteRowAsync(string userId)
    {
        var own = ConversationStreams.OfOwner(userId);
        try
        {
            await streams.AppendAsync(new Append(own) { Participants = [RowOf(userId)], Deletes = [own] });
            return true;
        }
        catch (ParticipantRefusedException)
        {
            return false;
        }
    }

    private static Participant RowOf(string userId) => Statement.Of(
        "account",
        """
        delete from users where id = @user and not exists (select 1 from conversations where owner_id = @user)
          and not exists (select 1 from digital_humans where owner_id = @user)
        """,
        new Dictionary<string, object?> { ["user"] = userId });
}
