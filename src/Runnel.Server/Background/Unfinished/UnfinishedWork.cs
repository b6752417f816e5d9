using Runnel.Server.Persistence;

namespace Runnel.Server.Background.Unfinished;

/// <summary>Finishes what a server left that died while this one runs, or what failed here for a while: when one has left, and every
/// minute, one server at a time.</summary>
internal sealed partial class UnfinishedWork(
    IEnumerable<IUnfinished> all, IServerLocks locks, TimeProvider time, ILogger<UnfinishedWork> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Finishes what there is now, unless another server is at it. What fails is tried again in a minute.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await locks.TryAsync("unfinished work", FinishAsync, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            NotFinished(log, exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await RunOnceAsync(stoppingToken);
    }

    /// <summary>One that fails holds up no other.</summary>
    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (var unfinished in all)
        {
            try
            {
                await unfinished.FinishAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                NotFinished(log, exception);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "What was left unfinished cannot be finished yet; it is tried again.")]
    private static partial void NotFinished(ILogger log, Exception exception);
}
