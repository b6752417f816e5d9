using System.Runtime.CompilerServices;
using Npgsql;
using Runnel.Streams.Events;
using Runnel.Streams.Postgres.Compacting;
using Runnel.Streams.Transfer;

namespace Runnel.Streams.Postgres.Transfer;

/// <summary>The log of a PostgreSQL database, also while others write it.</summary>
/// <param name="connection">In a transaction that sees one state of the database throughout: repeatable read.</param>
public sealed class PostgresLogSource(NpgsqlConnection connection) : ILogSource
{
    private const int SliceBytes = 4 * 1024 * 1024;

    /// <inheritdoc />
    public async IAsyncEnumerable<StreamRecord> ReadStreamsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = Command("select id, name, generation, first, last, ended from streams");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var head = new StreamHead(rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetBoolean(5));
            yield return new StreamRecord(rows.GetInt64(0), new StreamName(rows.GetString(1)), head);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SegmentRecord> ReadSegmentsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using (var command = Command("select stream_id, first, last, events from segments order by stream_id, last"))
        {
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
                yield return new SegmentRecord(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetFieldValue<byte[]>(3));
        }

        await foreach (var segment in ReadJournalAsync(cancellationToken))
            yield return segment;
    }

    /// <summary>The segments that compaction would make of the journal.</summary>
    private async IAsyncEnumerable<SegmentRecord> ReadJournalAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var retained = await RetainedAsync(cancellationToken);
        await using var command = Command("select id, streams, firsts, starts, events from journal order by id");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var slice = new JournalSlice();
        var bytes = 0;
        while (await rows.ReadAsync(cancellationToken))
        {
            var events = rows.GetFieldValue<byte[]>(4);
            slice.Add(
                rows.GetInt64(0), rows.GetFieldValue<long[]>(1), rows.GetFieldValue<long[]>(2), rows.GetFieldValue<int[]>(3), events);
            bytes += events.Length;
            if (bytes < SliceBytes)
                continue;
            foreach (var segment in slice.Join(retained))
                yield return Carried(segment);
            (slice, bytes) = (new JournalSlice(), 0);
        }

        foreach (var segment in slice.Join(retained))
            yield return Carried(segment);
    }

    /// <summary>The oldest number that each stream of the journal retains, by its id.</summary>
    private async Task<Dictionary<long, long>> RetainedAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            "select id, first from streams where id in (select unnest(streams) from journal)");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var retained = new Dictionary<long, long>();
        while (await rows.ReadAsync(cancellationToken))
            retained[rows.GetInt64(0)] = rows.GetInt64(1);
        return retained;
    }

    private static SegmentRecord Carried(Segment segment) =>
        new(segment.StreamId, segment.First, segment.Last, segment.Events);

    private NpgsqlCommand Command(string sql)
    {
#pragma warning disable CA2100 // Statements are constants of the program.
        return new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
    }
}
