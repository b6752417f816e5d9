using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Persistence;
using Runnel.Server.Retaining;

namespace Runnel.Server.Turns.Retaining;

/// <summary>Gives up in the background, again and again, what is not kept for ever.</summary>
internal sealed partial class RetentionSweep(
    EventRetention retention,
    DormantStreams dormant,
    IServerLocks locks,
    IOptions<StreamsOptions> options,
    TimeProvider time,
    ILogger<RetentionSweep> log) : BackgroundService
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var shorter = Math.Min(options.Value.Retention.Ticks, options.Value.Dormancy.Ticks);
        using var timer = new PeriodicTimer(TimeSpan.FromTicks(Math.Clamp(shorter / 10, Least.Ticks, Most.Ticks)), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await SweepAsync(stoppingToken);
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            await dormant.KeepOpenAsync(stoppingToken);
            await locks.TryAsync("retention", GiveUpAsync, stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            NotSwept(log, exception);
        }
    }

    private async Task GiveUpAsync(CancellationToken cancellationToken)
    {
        await retention.TrimAsync(cancellationToken);
        if (await dormant.LetGoAsync(cancellationToken) is > 0 and var gone)
            WentDormant(log, gone);
    }

    [LoggerMessage(1, LogLevel.Warning, "Old events could not be given up; they are tried again.")]
    private static partial void NotSwept(ILogger log, Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "{Streams} streams of users that nobody used went dormant.")]
    private static partial void WentDormant(ILogger log, int streams);
}
