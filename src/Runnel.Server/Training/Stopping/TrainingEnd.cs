using Runnel.Server.Persistence;
using Runnel.Server.Training.Queueing;
using Runnel.Server.Training.Running;

namespace Runnel.Server.Training.Stopping;

/// <summary>Ends all training of a digital human that is about to be deleted. Another round may begin before the deletion
/// commits: whoever deletes makes sure, there, that there is none, and else comes back.</summary>
internal sealed class TrainingEnd(RunnelDbContext database, RoundStop stop)
{
    public async Task EndAsync(long digitalHumanId, CancellationToken cancellationToken)
    {
        var rounds = await RoundRows.ReadUnfinishedAsync(database, digitalHumanId, cancellationToken);
        // Those that wait first, so that none of them begins.
        foreach (var round in rounds.OrderByDescending(round => round.Status == RoundState.Queued))
            await stop.EndAsync(digitalHumanId, round.RoundId, RoundFailure.Deleted, cancellationToken);
    }
}
