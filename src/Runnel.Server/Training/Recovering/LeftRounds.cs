using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Queueing;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Recovering;

/// <summary>Finds the rounds that others left. Those that were taken over stay here until they go on, should that fail at first:
/// nobody else looks for them any more. One caller at a time.</summary>
internal sealed class LeftRounds(IServiceScopeFactory scopes, IServerDatabase database, IStreamStore store)
{
    /// <summary>Small, so that processes which look at once share what there is.</summary>
    private const int AtOnce = 4;

    private readonly HashSet<string> _taken = [];

    /// <summary>Some rounds that are this process's to go on with now; empty when there are none.</summary>
    public async Task<IReadOnlyCollection<string>> TakeAsync(CancellationToken cancellationToken)
    {
        if (_taken.Count == 0)
            _taken.UnionWith(await database.ClaimAsync("training_rounds", "round_id", store.Incarnation, AtOnce, cancellationToken));
        return [.. _taken];
    }

    /// <summary>It goes on, or has ended.</summary>
    public void Forget(string roundId) => _taken.Remove(roundId);

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
