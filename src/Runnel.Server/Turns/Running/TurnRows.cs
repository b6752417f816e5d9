using Runnel.Server.Conversations.Events;
using Runnel.Server.Persistence;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Running;

/// <summary>The rows that change with a turn's events.</summary>
internal static class TurnRows
{
    public static IReadOnlyList<Participant> Start(Turn turn, DateTimeOffset now) =>
    [
        new("answer",
            """
            insert into messages (message_id, thread_id, parent_id, turn_id, role, status, content, model, created_at)
            values (@message, @thread, @user_message, @turn, 'assistant', 'streaming', '', @model, @now)
            """,
            new Dictionary<string, object?>
            {
                ["message"] = turn.MessageId,
                ["thread"] = turn.ThreadId,
                ["user_message"] = turn.UserMessageId,
                ["turn"] = turn.TurnId,
                ["model"] = turn.Model.Model,
                ["now"] = UtcText.Write(now),
            }),
        new("conversation",
            """
            update conversations set active_message_id = @message, position = @position
            where thread_id = @thread and running_turn_id = @turn
            """,
            new Dictionary<string, object?>
            {
                ["message"] = turn.MessageId,
                ["position"] = EventNumber.Last,
                ["thread"] = turn.ThreadId,
                ["turn"] = turn.TurnId,
            }),
    ];

    public static IReadOnlyList<Participant> End(
        Turn turn, string status, string content, string reasoning, string? finishReason, Usage usage) =>
    [
        new("turn ends once",
            """
            update turns set status = @status, ended_at_event = @position where turn_id = @turn and status = 'running'
            """,
            new Dictionary<string, object?>
            {
                ["status"] = status,
                ["position"] = EventNumber.Last,
                ["turn"] = turn.TurnId,
            }),
        EndMessage(turn, status, content, reasoning, finishReason, usage),
        new("conversation",
            """
            update conversations set running_turn_id = null, position = @position
            where thread_id = @thread and running_turn_id = @turn
            """,
            new Dictionary<string, object?>
            {
                ["position"] = EventNumber.Last,
                ["thread"] = turn.ThreadId,
                ["turn"] = turn.TurnId,
            }),
    ];

    /// <summary>A turn that ended before its start was written has no message to change.</summary>
    private static Participant EndMessage(
        Turn turn, string status, string content, string reasoning, string? finishReason, Usage usage) => new(
        "answer",
        """
        update messages set status = @status, content = @content, reasoning = @reasoning, finish_reason = @finish_reason,
          input_tokens = @input_tokens, output_tokens = @output_tokens, usage_estimated = @usage_estimated
        where message_id = @message
        """,
        new Dictionary<string, object?>
        {
            ["status"] = status,
            ["content"] = content,
            ["reasoning"] = reasoning,
            ["finish_reason"] = finishReason,
            ["input_tokens"] = usage.InputTokens,
            ["output_tokens"] = usage.OutputTokens,
            ["usage_estimated"] = usage.Estimated,
            ["message"] = turn.MessageId,
        },
        ExpectedRows: null);
}
