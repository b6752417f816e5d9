using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Persistence;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Conversations.Following;

/// <summary>Notes that a user's stream is followed, and makes it if it is dormant. Thread-safe.</summary>
internal sealed class OwnerStreamUse(
    IServiceScopeFactory scopes, IEventStreams streams, IOptions<StreamsOptions> options, TimeProvider time)
{
    /// <summary>Called before the stream is followed: from then on it stays awake for the time that the settings say. Where that
    /// cannot be stored nothing is noted; what is there can still be read.</summary>
    public async Task NoteAsync(string ownerId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await IsNotedAsync(ownerId, now - options.Value.DormancyExactness, cancellationToken))
            return;
        try
        {
            await streams.AppendAsync(new Append(ConversationStreams.OfOwner(ownerId))
            {
                Participants = [OwnerStreamRow.Use(ownerId, now)],
            });
        }
        catch (StoreUnavailableException)
        {
            // Whoever follows it finds out whether it can be read.
        }
    }

    private async Task<bool> IsNotedAsync(string ownerId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database
            .SqlQuery<long>($"""
                select 1 as "Value" from owner_streams where owner_id = {ownerId} and used_at >= {UtcText.Write(since)}
                """)
            .AnyAsync(cancellationToken);
    }
}
