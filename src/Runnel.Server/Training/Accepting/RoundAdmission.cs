using Microsoft.Extensions.Options;
using Runnel.Server.Background;
using Runnel.Server.Configuration;
using Runnel.Server.DigitalHumans;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Queueing;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Accepting;

/// <summary>Finds a round its place, and commits it there. Two who want the same place are told apart by the commit; the one that
/// is refused looks again.</summary>
internal sealed class RoundAdmission(
    RunnelDbContext database,
    IEventStreams streams,
    RunningTasks tasks,
    RoundQueue queue,
    IOptions<LimitsOptions> limits,
    TimeProvider time)
{
    /// <summary>Each refusal says that somebody else was faster; so many in a row say that something is wrong.</summary>
    private const int MaxTries = 1000;

    public async Task<Acceptance> AdmitAsync(NewRound wanted, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var waiting = await RoundRows.ReadUnfinishedAsync(database, wanted.DigitalHumanId, cancellationToken);
            if (waiting.Count > 0 && !wanted.Waits)
                return await FindEarlierAsync(wanted, cancellationToken) ?? Busy();
            if (!tasks.TryEnter())
                return Problems.Draining();
            try
            {
                return await CommitAsync(wanted, waiting);
            }
            catch (ParticipantRefusedException refusal) when (tries < MaxTries)
            {
                // The same message may have been accepted between our look and our commit.
                if (await FindEarlierAsync(wanted, cancellationToken) is { } earlier)
                    return earlier;
                if (refusal.Participant == RoundBegin.Room)
                    return TooMany();
                if (await OwnDigitalHumans.FindAsync(database, wanted.OwnerId, wanted.DigitalHumanId, cancellationToken) is null)
                    return DigitalHumanProblems.NotFound();
            }
            catch (StreamEndedException)
            {
                return DigitalHumanProblems.NotFound();
            }
        }
    }

    /// <summary>Takes over the place among the running tasks that was entered.</summary>
    private async Task<Acceptance> CommitAsync(NewRound wanted, List<WaitingRound> waiting)
    {
        var started = false;
        try
        {
            var (round, append) = RoundBegin.Create(wanted, waiting, limits.Value.RunningTurnsPerUser, time.GetUtcNow());
            var receipt = await streams.AppendAsync(append);
            if (waiting.Count == 0)
            {
                queue.Start(round);
                started = true;
            }
            else
            {
                _ = queue.AdvanceAsync(round.DigitalHumanId);
            }

            return Acceptance.Of(new AcceptedRound(round.RoundId, receipt.Before, null), isRepeat: false);
        }
        finally
        {
            if (!started)
                tasks.Leave();
        }
    }

    private Task<Acceptance?> FindEarlierAsync(NewRound wanted, CancellationToken cancellationToken) =>
        EarlierRound.FindAsync(database, streams, wanted, cancellationToken);

    private static Problem Busy() => Problems.Conflict(
        "training_running",
        "This digital human is learning from another message. Wait for its end, or send when_busy: enqueue.");

    private static Problem TooMany() => Problems.TooMany(
        "too_many_turns", "Too much of yours runs or waits. Wait for something to end.", TimeSpan.FromSeconds(2));
}
