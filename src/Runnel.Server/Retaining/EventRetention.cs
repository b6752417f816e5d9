using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Persistence;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Retaining;

/// <summary>Gives up the events of turns and rounds of training that ended longer ago than <c>Streams:RetentionHours</c>. What was
/// said and learned stays.</summary>
internal sealed class EventRetention(
    IServiceScopeFactory scopes,
    IEnumerable<TrimPlan> plans,
    IEventStreams streams,
    IOptions<StreamsOptions> options,
    TimeProvider time)
{
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
}
