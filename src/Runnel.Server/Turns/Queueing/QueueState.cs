using Microsoft.EntityFrameworkCore;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Persistence;
using Runnel.Server.Turns.States;

namespace Runnel.Server.Turns.Queueing;

/// <summary>Which turn of a conversation runs, and which wait, in their order. Whoever changes anything by what it says makes
/// sure, in the commit, that the conversation is still where it was.</summary>
/// <param name="Conversation">The conversation as it was just before.</param>
/// <param name="Running">The turn that runs.</param>
/// <param name="Queued">The turns that wait, the next one first.</param>
internal sealed record QueueState(Conversation Conversation, QueuedTurn? Running, IReadOnlyList<QueuedTurn> Queued)
{
    public bool IsBusy => Running is not null || Queued.Count > 0;

    /// <summary>The position of a turn, from 1; 0 when it does not wait.</summary>
    public int PositionOf(string turnId) => Queued.Select(turn => turn.TurnId).ToList().IndexOf(turnId) + 1;

    /// <summary>Whether any turn waits: asked at the end of every turn, and mostly none does.</summary>
    public static Task<bool> HasAnyAsync(RunnelDbContext database, string threadId, CancellationToken cancellationToken) =>
        database.Database.SqlQuery<string>($"""
            select turn_id as "Value" from turns where thread_id = {threadId} and status = 'queued'
            """).AnyAsync(cancellationToken);

    /// <summary>Null when there is no such conversation.</summary>
    public static async Task<QueueState?> ReadAsync(
        RunnelDbContext database, string threadId, CancellationToken cancellationToken)
    {
        var conversation = await database.Set<Conversation>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.ThreadId == threadId, cancellationToken);
        if (conversation is null)
            return null;
        var turns = await database.Database.SqlQuery<QueuedTurn>($"""
            select t.turn_id as "TurnId", t.user_message_id as "UserMessageId", t.message_id as "MessageId",
              t.status as "Status", t.model as "Model", t.model_name as "ModelName",
              t.end_requested as "EndRequested",
              coalesce(t.queue_order, 0) as "QueueOrder", t.follows_message_id as "Follows",
              (select count(*) from messages m where m.message_id = t.user_message_id and m.turn_id = t.turn_id)
                as "OwnMessages"
            from turns t where t.thread_id = {threadId} and t.status in ('queued', 'running')
            order by t.queue_order
            """).ToListAsync(cancellationToken);
        return new QueueState(
            conversation,
            turns.Find(turn => turn.Status == TurnState.Running),
            turns.FindAll(turn => turn.Status == TurnState.Queued));
    }
}
