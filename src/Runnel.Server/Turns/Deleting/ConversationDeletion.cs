using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Persistence;
using Runnel.Server.Turns.Queueing;
using Runnel.Server.Turns.Stopping;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Deleting;

/// <summary>
/// Deletes a conversation: its turns end, then its rows and its stream go. Two appends, since what a stream says last goes with
/// it: one tells those who follow the conversation, and ends its stream; the other tells the owner, and deletes the stream.
/// </summary>
internal sealed class ConversationDeletion(
    RunnelDbContext database, IEventStreams streams, TurnStop stop, TimeProvider time)
{
    /// <summary>Whether the user had such a conversation.</summary>
    public async Task<bool> DeleteAsync(string ownerId, string threadId, CancellationToken cancellationToken)
    {
        while (await OwnConversations.FindAsync(database, ownerId, threadId, cancellationToken) is not null)
        {
            await EndTurnsAsync(threadId, cancellationToken);
            if (await TryDeleteAsync(ownerId, threadId))
                return true;
        }

        return false;
    }

    /// <summary>Deletes the stream of a conversation whose rows are gone.</summary>
    public static Append Forget(string ownerId, string threadId, DateTimeOffset now) =>
        new(ConversationStreams.OfOwner(ownerId), ConversationEvents.From(new ConversationDeleted(threadId)))
        {
            Participants = [DeletedConversations.Forget(threadId), OwnerStreamRow.Use(ownerId, now)],
            Deletes = [ConversationStreams.Of(threadId)],
        };

    /// <summary>Those that wait first, so that none of them begins.</summary>
    private async Task EndTurnsAsync(string threadId, CancellationToken cancellationToken)
    {
        if (await QueueState.ReadAsync(database, threadId, cancellationToken) is not { } state)
            return;
        foreach (var queued in state.Queued)
            await stop.StopAsync(threadId, new StopRequest(queued.TurnId, null), cancellationToken);
        if (state.Running is { } running)
            await stop.StopAsync(threadId, new StopRequest(running.TurnId, null), cancellationToken);
    }

    /// <summary>False when a turn began, or somebody else deleted its rows, meanwhile.</summary>
    private async Task<bool> TryDeleteAsync(string ownerId, string threadId)
    {
        var last = new Append(
            ConversationStreams.Of(threadId), ConversationEvents.From(new ConversationDeleted(threadId)))
        {
            Participants = DeletedConversations.Delete(threadId, ownerId, time.GetUtcNow()),
            EndsStream = true,
        };
        // Not one after the other: they share a commit, and if they do not, the next start makes up for the second.
        var deleted = streams.AppendAsync(last);
        var forgotten = streams.AppendAsync(Forget(ownerId, threadId, time.GetUtcNow()));
        try
        {
            await Task.WhenAll(deleted, forgotten);
            return true;
        }
        catch (Exception refusal) when (refusal is ParticipantRefusedException or StreamEndedException)
        {
            // Of several who delete it at once, one deletes the rows, and one, perhaps another, the stream.
            return deleted.IsCompletedSuccessfully;
        }
    }
}
