using Runnel.Server.Persistence;
using Runnel.Server.Turns.Queueing;
using Runnel.Server.Turns.Running;
using Runnel.Server.Turns.States;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Accepting;

/// <summary>
/// The rows of a turn that is accepted. The answer is there from now on, hidden until the turn begins: so whatever comes
/// after it has something to follow, and the branch is whole at any time.
/// </summary>
internal static class BeginRows
{
    /// <summary>The participant that refuses when a turn runs or waits, or the conversation is gone.</summary>
    public const string Free = "conversation is free";

    /// <summary>The participant that refuses when the user has no place left, or the client's name for it was used.</summary>
    public const string Room = "user has room";

    public static IReadOnlyList<Participant> Of(
        Turn turn, NewTurn wanted, TurnPlace place, int limit, DateTimeOffset now)
    {
        var values = Values(turn, wanted, place, limit, now);
        List<Participant> rows = [place.Queue is { } queue ? QueueRows.Change(queue) : TakePlace(values)];
        rows.Add(InsertTurn(values));
        if (turn.HasOwnMessage)
            rows.Add(InsertMessage(values));
        rows.Add(InsertAnswer(values));
        if (place.Ends is { } status)
            rows.Add(TurnState.RequestEnd(place.Queue!.Running!.TurnId, status));
        if (place is { IsAhead: true, Queue.Queued: [var first, ..] })
            rows.AddRange(Follow(values, first.Follows));
        rows.Add(MoveBranch(values, isLast: !place.IsAhead || !wanted.Opening.FollowsBranch || place.Queue!.Queued.Count == 0));
        return rows;
    }

    private static Participant TakePlace(Dictionary<string, object?> values) => Statement.Of(
        Free,
        """
        update conversations set running_turn_id = @turn, position = @position, history_at = @position
        where thread_id = @thread and owner_id = @owner and running_turn_id is null
          and not exists (select 1 from turns where thread_id = @thread and status = 'queued')
        """,
        values);

    /// <summary>The limit is asked here, where turns begin and end one after the other: a place is free as soon as the event
    /// that ends a turn is seen, and a message that was sent twice at once takes one place.</summary>
    private static Participant InsertTurn(Dictionary<string, object?> values) => Statement.Of(
        Room,
        """
        insert into turns (turn_id, thread_id, owner_id, user_message_id, message_id, model, model_name, status,
          client_message_id, started_after, owner_started_after, created_at, incarnation, queue_order, follows_message_id)
        select @turn, @thread, @owner, @user_message, @message, @model, @model_name, @status,
          @client_message, @started_after, @owner_started_after, @now, @incarnation, @queue_order,
          case @ahead when 1 then @follows else active_message_id end
        from conversations where thread_id = @thread
          and (select count(*) from turns where owner_id = @owner and status in ('queued', 'running'))
            + (select count(*) from training_rounds where owner_id = @owner and status in ('queued', 'running')) < @limit
        """,
        values);

    private static Participant InsertMessage(Dictionary<string, object?> values) => Statement.Of(
        "message",
        """
        insert into messages (message_id, thread_id, parent_id, turn_id, role, status, content, created_at)
        select @user_message, thread_id, case @follows_branch when 1 then follows_message_id else @parent end, turn_id,
          'user', 'complete', @content, @now
        from turns where turn_id = @turn
        """,
        values);

    private static Participant InsertAnswer(Dictionary<string, object?> values) => Statement.Of(
        "answer",
        """
        insert into messages (message_id, thread_id, parent_id, turn_id, role, status, content, model, created_at, hidden)
        values (@message, @thread, @user_message, @turn, 'assistant', 'streaming', '', @model, @now, 1)
        """,
        values);

    /// <summary>What was next follows the answer of the turn that goes ahead of it.</summary>
    private static IEnumerable<Participant> Follow(Dictionary<string, object?> values, string? before)
    {
        values["before"] = before;
        const string Behind =
            "thread_id = @thread and turn_id in (select turn_id from turns where thread_id = @thread and status = 'queued')"
            + " and turn_id <> @turn";
        yield return Statement.Of(
            "messages behind",
            $"update messages set parent_id = @message where {Behind} and role = 'user' and parent_id is not distinct from @before",
            values,
            expectedRows: null);
        yield return Statement.Of(
            "turns behind",
            $"update turns set follows_message_id = @message where {Behind} and follows_message_id is not distinct from @before",
            values,
            expectedRows: null);
    }

    /// <summary>The branch ends with the answer of its last turn.</summary>
    private static Participant MoveBranch(Dictionary<string, object?> values, bool isLast) => Statement.Of(
        "branch",
        isLast
            ? "update conversations set active_message_id = @message, updated_at = @now where thread_id = @thread"
            : "update conversations set updated_at = @now where thread_id = @thread",
        values);

    private static Dictionary<string, object?> Values(
        Turn turn, NewTurn wanted, TurnPlace place, int limit, DateTimeOffset now) => new()
    {
        ["turn"] = turn.TurnId,
        ["thread"] = turn.ThreadId,
        ["owner"] = turn.OwnerId,
        ["user_message"] = turn.UserMessageId,
        ["message"] = turn.MessageId,
        ["model"] = turn.Model.Model,
        ["model_name"] = turn.Model.Name,
        ["content"] = wanted.Opening.Text,
        ["parent"] = wanted.Opening.ParentId,
        ["follows_branch"] = wanted.Opening.FollowsBranch ? 1 : 0,
        ["client_message"] = wanted.ClientMessageId,
        ["status"] = place.Queue is null ? TurnState.Running : TurnState.Queued,
        ["queue_order"] = place.Queue is null ? null : place.Order,
        ["ahead"] = place.IsAhead ? 1 : 0,
        ["follows"] = place.Follows,
        ["started_after"] = EventNumber.Before,
        ["owner_started_after"] = EventNumber.OwnerBefore,
        ["incarnation"] = EventNumber.Incarnation,
        ["limit"] = limit,
        ["position"] = EventNumber.Last,
        ["now"] = UtcText.Write(now),
    };
}
