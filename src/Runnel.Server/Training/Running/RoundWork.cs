using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Metrics;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Recalling;
using Runnel.Server.Training.Steps;
using Runnel.Server.Training.Workflow;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Running;

/// <summary>Does what a round consists of, from where it is.</summary>
internal sealed class RoundWork(
    RoundSteps steps,
    Recall recall,
    IServiceScopeFactory scopes,
    IOptions<TrainingOptions> options,
    TrainingMetrics metrics,
    TimeProvider time)
{
    /// <exception cref="RoundException">It has no question; this is why.</exception>
    public async Task DoAsync(Round round, RoundLog log, CancellationToken cancellationToken)
    {
        var recalled = await recall.ReadAsync(round, cancellationToken);
        var kept = await ReadKeptAsync(round.RoundId, cancellationToken);
        while (true)
        {
            try
            {
                var workflow = new Workflow.Workflow(round, log, kept, options.Value.Step, metrics, time);
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
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        return await StepRows.ReadAsync(database, roundId, cancellationToken);
    }
}
