using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Queueing;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Recovering;

/// <summary>Finds the rounds that others left, and what else waits for somebody.</summary>
internal sealed class LeftRounds(IServiceScopeFactory scopes, IServerDatabase database, IStreamStore store)
{
    /// <summary>The rounds that run nowhere.</summary>
    public LeftBehind Running { get; } = new(database, store, "training_rounds", "round_id", atOnce: 4);

    /// <summary>A round as it is; null when it does not run any more.</summary>
    public async Task<WaitingRound?> ReadAsync(string roundId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await RoundRows.ReadRunningAsync(
            scope.ServiceProvider.GetRequiredService<RunnelDbContext>(), roundId, cancellationToken);
    }

    /// <summary>The digital humans with whom a round waits for none.</summary>
    public async Task<List<long>> FindWaitingAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database
            .SqlQuery<long>($"""
                select distinct t.digital_human_id as "Value" from training_rounds t
                where t.status in ('queued', 'running') and t.status = 'queued' and not exists (
                  select 1 from training_rounds r where r.digital_human_id = t.digital_human_id and r.status = 'running')
                """)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The rounds of this process that somebody has told to end.</summary>
    public async Task<List<string>> FindStoppedAsync(CancellationToken cancellationToken)
    {
        var mine = store.Incarnation;
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database
            .SqlQuery<string>($"""
                select round_id as "Value" from training_rounds
                where status = 'running' and incarnation = {mine} and end_requested is not null
                """)
            .ToListAsync(cancellationToken);
    }
}
