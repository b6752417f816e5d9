using Runnel.Server.Background;
using Runnel.Server.Training.Queueing;
using Runnel.Server.Training.Running;

namespace Runnel.Server.Training.Recovering;

/// <summary>Goes on with the rounds that a process left which is gone, each from its last completed step: of this server's
/// forerunner when it starts, and of other servers while it runs. One that was told to end ends. Then those that waited begin,
/// in their order.</summary>
internal sealed partial class RoundRecovery(
    LeftRounds rounds, RunningTasks tasks, RoundQueue queue, RoundEnds ends, ILogger<RoundRecovery> log) : IHostedService, IHeir
{
    public Task StartAsync(CancellationToken cancellationToken) => TakeOverAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        while (await rounds.Running.ClaimAsync(cancellationToken) is { Count: > 0 } taken)
        {
            foreach (var roundId in taken)
            {
                if (await rounds.ReadAsync(roundId, cancellationToken) is { } left)
                    await GoOnAsync(left, cancellationToken);
                rounds.Running.Forget(roundId);
            }

            count += taken.Count;
        }

        if (count > 0)
            Recovered(log, count);
        foreach (var human in await rounds.FindWaitingAsync(cancellationToken))
            await queue.AdvanceAsync(human);
        foreach (var roundId in await rounds.FindStoppedAsync(cancellationToken))
            _ = tasks.StopAsync(roundId);
    }

    /// <summary>When this server is stopping, too, the round is found by the next one.</summary>
    private async Task GoOnAsync(WaitingRound left, CancellationToken cancellationToken)
    {
        var round = left.ToRound();
        if (left.EndRequested is { } code)
            await ends.WriteAsync(round, RoundFailure.Requested(code), cancellationToken);
        else if (tasks.TryEnter())
            queue.Start(round);
    }

    [LoggerMessage(1, LogLevel.Information, "Going on with {Rounds} training rounds of a process that is gone.")]
    private static partial void Recovered(ILogger log, int rounds);
}
