using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Models;
using Runnel.Server.Turns.Queueing;
using Runnel.Server.Turns.Running;
using Runnel.Server.Turns.States;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Stopping;

/// <summary>The end of a turn that never began: its terminal event with no text, and the places of those behind it.</summary>
internal static class QueuedEnd
{
    public static Append Of(QueueState state, QueuedTurn queued, DateTimeOffset now)
    {
        var (threadId, ownerId) = (state.Conversation.ThreadId, state.Conversation.OwnerId);
        var model = new ConfiguredModel(queued.Model, ModelKind.OpenAI, queued.Model, null!);
        var turn = new Turn(queued.TurnId, threadId, ownerId, queued.UserMessageId, queued.MessageId, model);
        var end = new AiResponseComplete(
            threadId, turn.TurnId, turn.MessageId, "", TurnState.Stopped, new Usage(0, 0, Estimated: true), queued.Model,
            DurationMs: 0, FirstTokenMs: null, KnowledgeUsed: []);
        var ending = TurnEnding.Of(turn, TurnState.Stopped, end, reasoning: "");
        var position = state.PositionOf(turn.TurnId);
        var behind = QueueRows.Positions(threadId, state.Queued.Skip(position), position);
        return new Append(ConversationStreams.Of(threadId), [.. ending.Events, .. behind])
        {
            Owner = ConversationStreams.OfOwner(ownerId),
            Participants =
            [
                QueueRows.Change(state),
                TurnState.End(turn.TurnId, TurnState.Queued, TurnState.Stopped, now),
                .. TurnRows.EndMessages(turn, ending.Outcome, endedAt: null),
                OwnerStreamRow.Use(ownerId, now),
            ],
        };
    }
}
