using Runnel.Server.Persistence;
using Runnel.Server.Training.Recalling;
using Runnel.Server.Training.Steps;
using Runnel.Server.Training.Workflow;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Running;

/// <summary>Does what a round consists of, from where it is. While the database is away it waits, and goes on from there.</summary>
internal sealed class RoundWork(
    RoundSteps steps,
    Recall recall,
    Workflows workflows,
    IServiceScopeFactory scopes,
    IServerDatabase database,
    TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    /// <exception cref="RoundException">It has no question; this is why.</exception>
    public async Task DoAsync(Round round, RoundLog log, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await DoFromWhereItIsAsync(round, log, cancellationToken);
                return;
            }
            catch (Exception away) when (away is StoreUnavailableException || database.IsFault(away))
            {
                // Not all ask again at once.
                await Task.Delay(RetryAfter * (1 + Random.Shared.NextDouble()), time, cancellationToken);
            }
        }
    }

    private async Task DoFromWhereItIsAsync(Round round, RoundLog log, CancellationToken cancellationToken)
    {
        var recalled = await recall.ReadAsync(round, cancellationToken);
        var kept = await ReadKeptAsync(round.RoundId, cancellationToken);
        while (true)
        {
            try
            {
                var workflow = workflows.Of(round, log, kept);
                await workflow.ResumeAsync(cancellationToken);
                await steps.RunAsync(recalled, workflow, cancellationToken);
                return;
            }
            catch (ParticipantRefusedException refusal) when (refusal.Participant == StepRows.Refused)
            {
                // The step may have been stored, and only the answer to that have been lost. Then there is one more now.
                var known = kept.Count;
                kept = await ReadKeptAsync(round.RoundId, cancellationToken);
                if (kept.Count == known)
                    throw;
            }
        }
    }

    private async Task<List<KeptStep>> ReadKeptAsync(string roundId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await StepRows.ReadAsync(
            scope.ServiceProvider.GetRequiredService<RunnelDbContext>(), roundId, cancellationToken);
    }
}
