using Npgsql;
using Runnel.Streams.Events;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.Reading;

/// <summary>Reads streams: a segment, found by seek, or, behind the segments, pieces out of the journal. One statement, so that
/// what compaction moves meanwhile is seen in one of the two places. Thread-safe.</summary>
internal sealed class SegmentReader(PostgresDatabase database)
{
    private const int HomePageBytes = 64 * 1024;

    // A row of the journal has hundreds of streams: array_positions looks through them at once, where an expression for each of them
    // would take the whole array out of its row every time.
    private const string Page = """
        , g as (
          select g.first, g.last, g.events from segments g, t
          where g.stream_id = t.id and g.last > $2 and g.last >= t.first order by g.last limit 32),
        s as (
          select first, events from (
            select g.*, sum(octet_length(events)) over (order by last) - octet_length(events) as before from g) h
          where before < $3),
        p as (
          select j.firsts[i] as first, j.events, j.starts[i] as start,
            coalesce(j.starts[i + 1], octet_length(j.events) + 1) - j.starts[i] as bytes
          from t, journal j, unnest(array_positions(j.streams, t.id)) i
          where j.streams @> array[t.id] and j.lasts[i] > $2 and j.lasts[i] >= t.first
            and not exists (select from s)),
        n as (select p.*, sum(bytes) over (order by first) - bytes as before from p)
        select t.name, t.generation, t.first, x.first, x.events
        from t, (
          select first, events from s
          union all
          select first, substring(events from start for bytes) from n where before < $3) x
        order by x.first
        """;

    private const string ByName = "with t as (select id, name, generation, first from streams where name = $1)" + Page;
    private const string ById = "with t as (select id, name, generation, first from streams where id = $1)" + Page;

    public Task<IReadOnlyList<LogEntry>> ReadAsync(
        StreamName name, long after, int maxBytes, CancellationToken cancellationToken) =>
        ReadAsync(ByName, name.Value, after, maxBytes, cancellationToken);

    private async Task<IReadOnlyList<LogEntry>> ReadAsync(
        string sql, object stream, long after, int maxBytes, CancellationToken cancellationToken)
    {
        var taken = new List<LogEntry>();
        // One for all runs: what is not compacted yet comes in very many short ones.
        var homes = new ReferencedEvents();
        foreach (var run in await FindAsync(sql, stream, after, maxBytes, cancellationToken))
        {
            var from = Math.Max(after + 1, run.Retained);
            IEnumerable<LogEntry> entries = run.ReadEvents() is { } events
                ? events.Select(next => new LogEntry(next.Number, next))
                : await ResolveAsync(run, from, homes, cancellationToken);
            foreach (var entry in entries.Where(entry => entry.Number >= from))
            {
                if (maxBytes <= 0 && taken.Count > 0)
                    return taken;
                taken.Add(entry);
                maxBytes -= entry.Size;
            }
        }

        return taken;
    }

    private async Task<List<StoredRun>> FindAsync(
        string sql, object stream, long after, int maxBytes, CancellationToken cancellationToken)
    {
        await using var command = database.Pool.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = stream });
        command.Parameters.Add(new NpgsqlParameter { Value = after });
        command.Parameters.Add(new NpgsqlParameter { Value = (long)maxBytes });
        var runs = new List<StoredRun>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            runs.Add(new StoredRun(
                new StreamName(rows.GetString(0)), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetFieldValue<byte[]>(4)));
        }

        return runs;
    }

    /// <summary>The entries of an owner's run from a number on, in order; places whose event is gone are empty.</summary>
    private async Task<List<LogEntry>> ResolveAsync(
        StoredRun owners, long from, ReferencedEvents events, CancellationToken cancellationToken)
    {
        var entries = new List<LogEntry>();
        var number = owners.First;
        foreach (var run in SegmentCodec.ReadReferences(owners.Bytes))
        {
            for (var wanted = run.First; wanted < run.First + run.Count; wanted++, number++)
            {
                if (number < from)
                    continue;
                if (!events.TryFind(run.HomeId, wanted, out var found))
                {
                    events.Keep(run.HomeId, await ReadAsync(ById, run.HomeId, wanted - 1, HomePageBytes, cancellationToken));
                    _ = events.TryFind(run.HomeId, wanted, out found);
                }

                entries.Add(new LogEntry(number, found));
            }
        }

        return entries;
    }
}
