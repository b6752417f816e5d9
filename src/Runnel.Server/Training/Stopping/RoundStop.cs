using Runnel.Server.Background;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Events;
using Runnel.Server.Training.Following;
using Runnel.Server.Training.Queueing;
using Runnel.Server.Training.Running;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Stopping;

/// <summary>
/// Ends a round before its time. A running one lets go of its model at once and is told, durably, to end; whichever is committed
/// first, that or its own end, is what becomes of it. A queued one ends where it stands.
/// </summary>
internal sealed class RoundStop(
    RunnelDbContext database, IEventStreams streams, TaskStops stops, RoundQueue queue, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    /// <summary>Where another process runs it, which may just have died.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Ends a round of a digital human; nothing where it has ended.</summary>
    public async Task EndAsync(long digitalHumanId, string roundId, RoundFailure why, CancellationToken cancellationToken)
    {
        var pause = LookAgain;
        while (await FindAsync(digitalHumanId, roundId, cancellationToken) is { } rounds)
        {
            try
            {
                if (rounds[roundId].Status == RoundState.Queued)
                    await EndQueuedAsync(rounds, rounds[roundId], why);
                else
                    await EndRunningAsync(rounds[roundId], why, pause, cancellationToken);
            }
            catch (Exception refusal) when (refusal is ParticipantRefusedException or StreamEndedException)
            {
                // It has ended, begun, or moved meanwhile; look again.
            }

            pause = pause < LongestPause ? pause * 1.5 : pause;
        }
    }

    /// <summary>All that have not ended, in their order; null when the one is not among them.</summary>
    private async Task<OrderedDictionary<string, WaitingRound>?> FindAsync(
        long digitalHumanId, string roundId, CancellationToken cancellationToken)
    {
        var rounds = await RoundRows.ReadUnfinishedAsync(database, digitalHumanId, cancellationToken);
        var byId = new OrderedDictionary<string, WaitingRound>(rounds.Select(round => KeyValuePair.Create(round.RoundId, round)));
        return byId.ContainsKey(roundId) ? byId : null;
    }

    private async Task EndRunningAsync(
        WaitingRound round, RoundFailure why, TimeSpan pause, CancellationToken cancellationToken)
    {
        var requested = streams.AppendAsync(new Append(TrainingStreams.Of(round.DigitalHumanId))
        {
            Participants = [RoundState.RequestEnd(round.RoundId, why.Code)],
        });
        // The model is let go of without waiting for the commit, which is ahead of the end that this brings about.
        var ended = stops.StopAsync(round.RoundId);
        await requested;
        if (!await ended.WaitAsync(cancellationToken))
            await Task.Delay(pause, time, cancellationToken);
    }

    private async Task EndQueuedAsync(
        OrderedDictionary<string, WaitingRound> rounds, WaitingRound waiting, RoundFailure why)
    {
        var queued = rounds.Values.Where(round => round.Status == RoundState.Queued).ToList();
        var position = queued.IndexOf(waiting) + 1;
        var (error, row) = RoundEnds.Of(waiting.ToRound(), why);
        await streams.AppendAsync(new Append(
            TrainingStreams.Of(waiting.DigitalHumanId),
            [TrainingEvents.From(error), .. RoundRows.Positions(queued.Skip(position), position)])
        {
            Owner = TrainingStreams.OfOwner(waiting.OwnerId),
            Participants =
            [
                RoundRows.AsSeen(waiting.DigitalHumanId, waiting.OwnerId, queued.Count),
                RoundState.End(row, RoundState.Queued, at: 1, time.GetUtcNow()),
            ],
        });
        await queue.AdvanceAsync(waiting.DigitalHumanId);
    }
}
