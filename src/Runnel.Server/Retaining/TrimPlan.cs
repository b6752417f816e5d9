using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Retaining;

/// <summary>
/// Finds out up to where the streams of one kind may be trimmed: to the last turn, or round of training, that ended before a
/// time, but never into one that runs, waits, or ended later. A stream is in the order of time, so everything before that is
/// older still.
/// </summary>
/// <param name="columns">Where the rows are, and which of their columns are about the streams.</param>
/// <param name="stream">The stream of an id.</param>
internal sealed class TrimPlan(TrimColumns columns, Func<string, StreamName> stream)
{
    /// <summary>How many streams are looked at in one go.</summary>
    public const int Page = 100;

    private readonly string _find = $$"""
        with wanted as materialized (
          select distinct {{columns.Id}} as id from {{columns.Table}}
          where {{columns.IsTrimmed}} = 0 and {{columns.Id}} > {0} and ended_at < {1} order by id limit {2}),
        kept as materialized (
          select id, coalesce(
            (select min({{columns.Started}}) from {{columns.Table}}
             where {{columns.Id}} = wanted.id and (ended_at is null or ended_at >= {1})),
            9223372036854775807) as start
          from wanted)
        select cast(id as text) as "Id", coalesce(
          (select max({{columns.Ended}}) from {{columns.Table}}
           where {{columns.Id}} = kept.id and {{columns.IsTrimmed}} = 0 and ended_at < {1}
             and {{columns.Ended}} <= kept.start), 0) as "Number"
        from kept order by id
        """;

    /// <summary>The next streams, by id, in which something ended before a time; with 0 where nothing can be trimmed yet.</summary>
    public async Task<List<Place>> FindAsync(
        RunnelDbContext database, string after, DateTimeOffset limit, CancellationToken cancellationToken) =>
        await database.Database.SqlQueryRaw<Place>(_find, columns.Value(after), UtcText.Write(limit), Page)
            .ToListAsync(cancellationToken);

    /// <summary>Trims a stream, unless it was deleted meanwhile: then the row at which its trimming ends
    /// is gone, or counts as trimmed.</summary>
    public Append Trim(Place place)
    {
        var values = new Dictionary<string, object?> { ["id"] = columns.Value(place.Id), ["number"] = place.Number };
        return new Append(stream(place.Id))
        {
            TrimTo = place.Number,
            Participants =
            [
                Statement.Of(
                    "last of them",
                    $"""
                    update {columns.Table} set {columns.IsTrimmed} = 1
                    where {columns.Id} = @id and {columns.IsTrimmed} = 0 and {columns.Ended} = @number
                    """,
                    values),
                Statement.Of(
                    "those before it",
                    $"""
                    update {columns.Table} set {columns.IsTrimmed} = 1
                    where {columns.Id} = @id and {columns.IsTrimmed} = 0 and {columns.Ended} < @number
                    """,
                    values,
                    expectedRows: null),
            ],
        };
    }

    internal sealed record Place(string Id, long Number);
}
