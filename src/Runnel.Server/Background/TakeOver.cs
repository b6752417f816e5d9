using System.Threading.Channels;
using Runnel.Server.Background.Unfinished;
using Runnel.Streams.Stores;

namespace Runnel.Server.Background;

/// <summary>Lets the heirs look, where several processes share the database: as soon as one of the others has left, and each second,
/// since what is told may be lost.</summary>
internal sealed partial class TakeOver(
    IStreamStore store, IEnumerable<IHeir> heirs, UnfinishedWork unfinished, TimeProvider time, ILogger<TakeOver> log)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private bool _isFailing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (store is not ISharedStore shared)
            return;
        var left = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        shared.OthersLeft = () => left.Writer.TryWrite(true);
        using var timer = new PeriodicTimer(Period, time);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        var told = left.Reader.ReadAsync(stoppingToken).AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAny(tick, told);
            if (told.IsCompletedSuccessfully)
            {
                told = left.Reader.ReadAsync(stoppingToken).AsTask();
                // It may take long, and what the heirs take over cannot wait.
                _ = unfinished.RunOnceAsync(stoppingToken);
            }

            if (tick.IsCompletedSuccessfully)
                tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            foreach (var heir in heirs)
                await LookAsync(heir, stoppingToken);
        }
    }

    private async Task LookAsync(IHeir heir, CancellationToken stoppingToken)
    {
        try
        {
            await heir.TakeOverAsync(stoppingToken);
            _isFailing = false;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // Said once, not each second while the database is away.
            if (!_isFailing)
                Failed(log, exception);
            _isFailing = true;
        }
        catch (OperationCanceledException)
        {
            // The server stops; what was taken over is left to others.
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "What other processes left cannot be taken over yet; it is tried again.")]
    private static partial void Failed(ILogger log, Exception exception);
}
