using Runnel.Server.Conversations.Following;
using Runnel.Server.Persistence;
using Runnel.Server.Turns.States;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Running;

/// <summary>The rows that change with a turn's events, beside its own.</summary>
internal static class TurnRows
{
    /// <summary>The answer, which has been there since the turn was accepted, comes into the history.</summary>
    public static IReadOnlyList<Participant> Start(Turn turn, DateTimeOffset now)
    {
        var values = Values(turn);
        values["now"] = UtcText.Write(now);
        return
        [
            Statement.Of(
                "answer",
                "update messages set hidden = 0, created_at = @now where message_id = @message and hidden = 1",
                values),
            Statement.Of(
                "conversation",
                """
                update conversations set position = @position, history_at = @position
                where thread_id = @thread and running_turn_id = @turn
                """,
                values),
        ];
    }

    /// <summary>A running turn ends: its row, its messages, its conversation, and when its owner's stream was used.</summary>
    public static IReadOnlyList<Participant> End(Turn turn, TurnOutcome outcome, DateTimeOffset now)
    {
        var values = Values(turn);
        values["now"] = UtcText.Write(now);
        return
        [
            TurnState.End(turn.TurnId, TurnState.Running, outcome.Status, now),
            .. EndMessages(turn, outcome, now),
            Statement.Of(
                "conversation",
                """
                update conversations
                set running_turn_id = null, position = @position, history_at = @position, updated_at = @now
                where thread_id = @thread and running_turn_id = @turn
                """,
                values),
            OwnerStreamRow.Use(turn.OwnerId, now),
        ];
    }

    /// <summary>The answer is as it will stay; without a time of its end, if it was never begun. Where the
    /// turn is withdrawn, it leaves the history with the message.</summary>
    public static IReadOnlyList<Participant> EndMessages(
        Turn turn, TurnOutcome outcome, DateTimeOffset? endedAt)
    {
        var values = Values(turn);
        values["status"] = outcome.Status == TurnState.Withdrawn ? TurnState.Stopped : outcome.Status;
        values["hidden"] = outcome.Status == TurnState.Withdrawn ? 1 : 0;
        values["content"] = outcome.Content;
        values["reasoning"] = outcome.Reasoning;
        values["finish_reason"] = outcome.FinishReason;
        values["input_tokens"] = outcome.Usage.InputTokens;
        values["output_tokens"] = outcome.Usage.OutputTokens;
        values["ended_at"] = endedAt is { } end ? UtcText.Write(end) : null;
        values["usage_estimated"] = outcome.Usage.Estimated;
        return
        [
            Statement.Of(
                "answer",
                """
                update messages set status = @status, content = @content, reasoning = @reasoning,
                  finish_reason = @finish_reason, input_tokens = @input_tokens, output_tokens = @output_tokens,
                  usage_estimated = @usage_estimated,
                  ended_at = @ended_at
                where message_id = @message
                """,
                values),
            // By their ids, and both: the question of a turn that answers it anew belongs to an earlier one.
            Statement.Of(
                "messages",
                "update messages set hidden = @hidden where message_id in (@question, @message) and turn_id = @turn",
                values,
                expectedRows: null),
        ];
    }

    private static Dictionary<string, object?> Values(Turn turn) => new()
    {
        ["turn"] = turn.TurnId,
        ["thread"] = turn.ThreadId,
        ["message"] = turn.MessageId,
        ["question"] = turn.UserMessageId,
        ["position"] = EventNumber.Last,
    };
}
