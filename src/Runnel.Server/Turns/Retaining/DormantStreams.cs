using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Persistence;
using Runnel.Streams;
using Runnel.Streams.AspNetCore.Places;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Retaining;

/// <summary>
/// Lets the streams of users go that nobody has used for <c>Streams:DormantHours</c>. Whatever comes next makes such a stream
/// anew, under another generation; no turn runs then, so that its state is right when it begins empty.
/// </summary>
internal sealed class DormantStreams(
    IServiceScopeFactory scopes,
    IEventStreams streams,
    StreamPlaces places,
    IOptions<StreamsOptions> options,
    TimeProvider time)
{
    /// <summary>How many streams are looked at in one go.</summary>
    public const int Page = 100;

    private const int OpenPage = 1000;

    /// <summary>Notes that the streams of those who have one open here are in use, well before another server, which cannot see
    /// that, would let them go. To be called far more often than half of <c>Streams:DormantHours</c> passes.</summary>
    public async Task KeepOpenAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var readers in places.Readers().Chunk(OpenPage))
        {
            var old = await FindOldAsync(readers, now - options.Value.Dormancy / 2, cancellationToken);
            await Task.WhenAll(old.ConvertAll(ownerId => streams.AppendAsync(Keep(ownerId, now))));
        }
    }

    /// <summary>Lets go of what nobody has used by now; how many.</summary>
    public async Task<int> LetGoAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var limit = now - options.Value.Dormancy - options.Value.DormancyExactness;
        var (gone, after) = (0, "");
        while (await FindAsync(after, limit, cancellationToken) is { Count: > 0 } page)
        {
            // All at once: they share a commit.
            var settled = await Task.WhenAll(page.ConvertAll(ownerId => TryLetGoAsync(ownerId, limit)));
            gone += settled.Count(isGone => isGone);
            after = page[^1];
        }

        return gone;
    }

    private async Task<bool> TryLetGoAsync(string ownerId, DateTimeOffset limit)
    {
        // Who opens one after this look has noted that before.
        if (places.HasAny(ownerId))
            return false;
        try
        {
            await streams.AppendAsync(LetGo(ownerId, limit));
            return true;
        }
        catch (ParticipantRefusedException)
        {
            return false;
        }
    }

    /// <summary>A stream that is open is in use, also for the process after this one.</summary>
    private static Append Keep(string ownerId, DateTimeOffset now) =>
        new(ConversationStreams.OfOwner(ownerId)) { Participants = [OwnerStreamRow.Use(ownerId, now)] };

    /// <summary>Nothing of what the stream has is retained; and its numbers begin again, so turns must not name those it had.</summary>
    private static Append LetGo(string ownerId, DateTimeOffset limit)
    {
        var own = ConversationStreams.OfOwner(ownerId);
        return new Append(own)
        {
            Participants =
            [
                OwnerStreamRow.Drop(ownerId, limit),
                Statement.Of(
                    "turns in the owner's stream",
                    "update turns set is_trimmed_for_owner = 1 where owner_id = @owner and is_trimmed_for_owner = 0",
                    new Dictionary<string, object?> { ["owner"] = ownerId },
                    expectedRows: null),
            ],
            Deletes = [own],
        };
    }

    private async Task<List<string>> FindOldAsync(
        string[] ownerIds, DateTimeOffset limit, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        return await database.Database
            .SqlQuery<string>($"select owner_id as \"Value\" from owner_streams where used_at < {UtcText.Write(limit)}")
            // As one parameter, however many there are.
            .Where(ownerId => EF.Parameter(ownerIds).Contains(ownerId))
            .ToListAsync(cancellationToken);
    }

    private async Task<List<string>> FindAsync(string after, DateTimeOffset limit, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database
            .SqlQuery<string>($"""
                select owner_id as "Value" from owner_streams o
                where owner_id > {after} and used_at < {UtcText.Write(limit)} and not exists (
                  select 1 from turns t where t.owner_id = o.owner_id and t.status in ('queued', 'running'))
                order by owner_id limit {Page}
                """)
            .ToListAsync(cancellationToken);
    }
}
