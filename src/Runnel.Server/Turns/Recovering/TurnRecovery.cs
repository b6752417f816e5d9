using Runnel.Server.Background;
using Runnel.Server.Turns.Queueing;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Recovering;

/// <summary>Ends the turns that a process left which died, or starts them again: of this server's forerunner when it starts, and of
/// other servers while it runs. Then the turns that waited go on, in their order.</summary>
internal sealed partial class TurnRecovery(
    LeftTurns turns, LeftTurnEnd end, LeftTurnRestart restart, TurnQueue queue, RunningTasks tasks, ILogger<TurnRecovery> log)
    : IHostedService, IHeir
{
    public Task StartAsync(CancellationToken cancellationToken) => TakeOverAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        var ended = 0;
        while (await turns.Running.ClaimAsync(cancellationToken) is { Count: > 0 } taken)
        {
            await Task.WhenAll(taken.Select(turnId => EndAsync(turnId, cancellationToken)));
            foreach (var turnId in taken)
                turns.Running.Forget(turnId);
            ended += taken.Count;
        }

        if (ended > 0)
            Recovered(log, ended);
        foreach (var threadId in await turns.FindWaitingAsync(cancellationToken))
            await queue.AdvanceAsync(threadId);
        foreach (var turnId in await turns.FindStoppedAsync(cancellationToken))
            _ = tasks.StopAsync(turnId);
    }

    private async Task EndAsync(string turnId, CancellationToken cancellationToken)
    {
        try
        {
            while (await turns.ReadAsync(turnId, cancellationToken) is { } left
                && !await restart.TryAsync(left, queue, cancellationToken)
                && !await end.TryWriteAsync(left, cancellationToken))
            {
                // It was told to end in another way meanwhile; look again.
            }
        }
        catch (StreamEndedException)
        {
            // Its conversation was deleted meanwhile.
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Took over {Turns} turns that a process which is gone left running.")]
    private static partial void Recovered(ILogger log, int turns);
}
