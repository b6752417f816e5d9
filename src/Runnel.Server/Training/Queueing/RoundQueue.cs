using Runnel.Server.Background;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Following;
using Runnel.Server.Training.Running;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Queueing;

/// <summary>Runs the rounds of a digital human one after the other: when one has ended, the next begins. Thread-safe.</summary>
internal sealed partial class RoundQueue(
    RunningTasks tasks,
    Succession succession,
    RoundRunner runner,
    IServiceScopeFactory scopes,
    IEventStreams streams,
    ILogger<RoundQueue> log)
{
    /// <summary>Lets a round run that has a place; when it has ended, the next begins.</summary>
    public void Start(Round round) => tasks.Start(
        round.RoundId, signals => runner.RunAsync(round, signals), () => AdvanceAsync(round.DigitalHumanId));

    /// <summary>Begins the next round where none runs. Whoever ends a round, and whoever has queued one, calls it. When the
    /// server is stopping, rounds stay queued for the next start.</summary>
    public Task AdvanceAsync(long digitalHumanId) => succession.BeginNextAsync(
        async () => await TryBeginNextAsync(digitalHumanId) is { } next ? () => Start(next) : null,
        exception => CannotAdvance(log, digitalHumanId, exception));

    /// <summary>The round that has begun; null when there is none to begin.</summary>
    private async Task<Round?> TryBeginNextAsync(long digitalHumanId)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        var rounds = await RoundRows.ReadUnfinishedAsync(database, digitalHumanId, CancellationToken.None);
        if (rounds.Count == 0 || rounds.Exists(round => round.Status == RoundState.Running))
            return null;
        var next = rounds[0];
        var round = next.ToRound();
        await streams.AppendAsync(new Append(
            TrainingStreams.Of(digitalHumanId),
            [
                .. RoundRows.Beginning(round, next.ClientMessageId),
                .. RoundRows.Positions(rounds.Skip(1), first: 1),
            ])
        {
            Owner = TrainingStreams.OfOwner(round.OwnerId),
            Participants =
            [
                RoundRows.AsSeen(digitalHumanId, round.OwnerId, rounds.Count),
                RoundState.Begin(round.RoundId),
            ],
        });
        return round;
    }

    [LoggerMessage(1, LogLevel.Error, "The next training round of digital human {DigitalHumanId} cannot begin yet.")]
    private static partial void CannotAdvance(ILogger log, long digitalHumanId, Exception exception);
}
