using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Recovering;

/// <summary>Finds the turns that others left, and what else waits for somebody.</summary>
internal sealed class LeftTurns(IServiceScopeFactory scopes, IServerDatabase database, IStreamStore store)
{
    /// <summary>The turns that run nowhere.</summary>
    public LeftBehind Running { get; } = new(database, store, "turns", "turn_id", atOnce: 16);

    /// <summary>A turn as it is; null when it does not run any more.</summary>
    public async Task<LeftTurn?> ReadAsync(string turnId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database
            .SqlQuery<LeftTurn>($"""
                select turn_id as "TurnId", thread_id as "ThreadId", owner_id as "OwnerId",
                  (select knowledge_used from messages m where m.message_id = turns.message_id) as "KnowledgeUsed",
                  user_message_id as "UserMessageId", message_id as "MessageId", model as "Model",
                  started_after as "StartedAfter", end_requested as "EndRequested", model_name as "ModelName",
                  (select digital_human_id from conversations c where c.thread_id = turns.thread_id) as "DigitalHumanId",
                  (select count(*) from messages m where m.message_id = user_message_id and m.turn_id = turns.turn_id)
                    as "OwnMessages"
                from turns where turn_id = {turnId} and status = 'running'
                """)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The conversations in which a turn waits for none.</summary>
    public async Task<List<string>> FindWaitingAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database
            .SqlQuery<string>($"""
                select distinct t.thread_id as "Value" from turns t where t.status = 'queued'
                  and not exists (select 1 from turns r where r.thread_id = t.thread_id and r.status = 'running')
                """)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The turns of this process that somebody has told to end.</summary>
    public async Task<List<string>> FindStoppedAsync(CancellationToken cancellationToken)
    {
        var mine = store.Incarnation;
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database
            .SqlQuery<string>($"""
                select turn_id as "Value" from turns
                where status = 'running' and incarnation = {mine} and end_requested is not null
                """)
            .ToListAsync(cancellationToken);
    }
}
