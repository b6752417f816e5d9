using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Retaining;

/// <summary>
/// Finds out up to where the streams of one kind may be trimmed: to the last turn that ended before a time, but never into one
/// that runs, waits, or ended later. A stream is in the order of time, so everything before that is older still.
/// </summary>
/// <param name="stream">The stream of an id.</param>
/// <param name="id">The column of turns that says which stream.</param>
/// <param name="started">The column with the number before a turn's first event.</param>
/// <param name="ended">The column with the number of its terminal event.</param>
/// <param name="isTrimmed">The column that says that it was trimmed.</param>
internal sealed class TrimPlan(
    Func<string, StreamName> stream, string id, string started, string ended, string isTrimmed)
{
    /// <summary>How many streams are looked at in one go.</summary>
    public const int Page = 100;

    private readonly string _find = $$"""
        with wanted as materialized (
          select distinct {{id}} as id from turns
          where {{isTrimmed}} = 0 and {{id}} > {0} and ended_at < {1} order by id limit {2}),
        kept as materialized (
          select id, coalesce(
            (select min({{started}}) from turns where {{id}} = wanted.id and (ended_at is null or ended_at >= {1})),
            9223372036854775807) as start
          from wanted)
        select id as "Id", coalesce(
          (select max({{ended}}) from turns
           where {{id}} = kept.id and {{isTrimmed}} = 0 and ended_at < {1} and {{ended}} <= kept.start), 0) as "Number"
        from kept order by id
        """;

    /// <summary>The next streams, by id, in which turns ended before a time; with 0 where nothing can be trimmed yet.</summary>
    public async Task<List<Place>> FindAsync(
        RunnelDbContext database, string after, DateTimeOffset limit, CancellationToken cancellationToken) =>
        await database.Database.SqlQueryRaw<Place>(_find, after, UtcText.Write(limit), Page).ToListAsync(cancellationToken);

    /// <summary>Trims a stream, unless it was deleted meanwhile: then the turn at which its trimming ends is gone, or counts as
    /// trimmed.</summary>
    public Append Trim(Place place)
    {
        var values = new Dictionary<string, object?> { ["id"] = place.Id, ["number"] = place.Number };
        return new Append(stream(place.Id))
        {
            TrimTo = place.Number,
            Participants =
            [
                Statement.Of(
                    "last turn", $"update turns set {isTrimmed} = 1 where {id} = @id and {isTrimmed} = 0 and {ended} = @number",
                    values),
                Statement.Of(
                    "turns before it",
                    $"update turns set {isTrimmed} = 1 where {id} = @id and {isTrimmed} = 0 and {ended} < @number",
                    values,
                    expectedRows: null),
            ],
        };
    }

    internal sealed record Place(string Id, long Number);
}
