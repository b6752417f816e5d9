using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Following;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Conversations.Rows;

/// <summary>Changes a conversation besides its turns: rows, and the event that tells both streams, in one commit.
/// Thread-safe.</summary>
internal sealed class ConversationChange(IEventStreams streams, TimeProvider time)
{
    /// <summary>Whether it is done; false when a row refused, or the conversation is gone. In either case nothing changed.</summary>
    public async Task<bool> TryAsync(string ownerId, ConversationUpdated change, params Participant[] rows)
    {
        try
        {
            await streams.AppendAsync(
                new Append(ConversationStreams.Of(change.ThreadId), ConversationEvents.From(change))
                {
                    Owner = ConversationStreams.OfOwner(ownerId),
                    Participants = [.. rows, OwnerStreamRow.Use(ownerId, time.GetUtcNow())],
                });
            return true;
        }
        catch (ParticipantRefusedException refusal) when (refusal.InnerException is null)
        {
            return false;
        }
        catch (StreamEndedException)
        {
            return false;
        }
    }
}
