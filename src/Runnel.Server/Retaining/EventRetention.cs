using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Persistence;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Retaining;

/// <summary>Gives up, in the background, the events of turns and rounds of training that ended longer ago than
/// <c>Streams:RetentionHours</c>. What was said and learned stays.</summary>
internal sealed partial class EventRetention(
    IServiceScopeFactory scopes,
    IEnumerable<TrimPlan> plans,
    IEventStreams streams,
    IOptions<StreamsOptions> options,
    TimeProvider time,
    ILogger<EventRetention> log) : BackgroundService
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(10);

    /// <summary>Gives up what has become too old by now.</summary>
    public async Task TrimAsync(CancellationToken cancellationToken)
    {
        var limit = time.GetUtcNow() - options.Value.Retention;
        foreach (var plan in plans)
        {
            var after = "";
            while (await FindAsync(plan, after, limit, cancellationToken) is { Count: > 0 } page)
            {
                foreach (var place in page.Where(place => place.Number > 0))
                    await TrimAsync(plan.Trim(place));
                after = page[^1].Id;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var period = TimeSpan.FromTicks(Math.Clamp(options.Value.Retention.Ticks / 10, Least.Ticks, Most.Ticks));
        using var timer = new PeriodicTimer(period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await TrimAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                NotTrimmed(log, exception);
            }
        }
    }

    private async Task<List<TrimPlan.Place>> FindAsync(
        TrimPlan plan, string after, DateTimeOffset limit, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        return await plan.FindAsync(database, after, limit, cancellationToken);
    }

    private async Task TrimAsync(Append append)
    {
        try
        {
            await streams.AppendAsync(append);
        }
        catch (ParticipantRefusedException)
        {
            // Deleted meanwhile.
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Old events could not be given up; they are tried again.")]
    private static partial void NotTrimmed(ILogger log, Exception exception);
}
