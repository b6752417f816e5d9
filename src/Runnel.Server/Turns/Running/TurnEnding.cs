using Runnel.Server.Conversations.Events;
using Runnel.Server.Models;
using Runnel.Server.Turns.States;
using Runnel.Streams.Events;

namespace Runnel.Server.Turns.Running;

/// <summary>The end of a turn as it is written: the terminal event, first, and what it leaves behind.</summary>
internal sealed record TurnEnding(TurnOutcome Outcome, IReadOnlyList<NewEvent> Events)
{
    /// <summary>An answer that is whole, or was stopped.</summary>
    public static TurnEnding Of(Turn turn, string status, AiResponseComplete end, string reasoning) => new(
        new TurnOutcome(status, end.FinalContent, reasoning, end.Usage) { FinishReason = end.FinishReason },
        status == TurnState.Withdrawn
            ? [ConversationEvents.From(end), ConversationEvents.From(Withdrawal(turn))]
            : [ConversationEvents.From(end)]);

    /// <summary>An answer that could not be finished; what was shown is kept.</summary>
    public static TurnEnding Of(string status, ConversationError error, string reasoning, Usage usage) =>
        new(new TurnOutcome(status, error.PartialContent, reasoning, usage), [ConversationEvents.From(error)]);

    private static ConversationUpdated Withdrawal(Turn turn) => new(turn.ThreadId)
    {
        Withdrawn = turn.HasOwnMessage ? [turn.UserMessageId, turn.MessageId] : [turn.MessageId],
    };
}
