using Npgsql;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Postgres.Metrics;

namespace Runnel.Streams.Postgres.Compacting;

/// <summary>
/// Joins the pieces of the journal into segments, a slice at a time, one process at a time. A slice adds segments and deletes
/// the journal's rows that they cover in one transaction, so that a reader finds an event in exactly one place.
/// </summary>
internal sealed class Compactor(PostgresDatabase database, SharedLogMetrics metrics)
{
    private const int SliceRows = 2000;
    private const int SliceBytes = 4 * 1024 * 1024;

    /// <summary>Beyond that the journal is not counted to its end: that would cost the more the worse it gets.</summary>
    private const int MostRowsMeasured = 100_000;

    /// <summary>Does the next slice; false when that was all, or another process is at it. What is written meanwhile waits for the next
    /// time: taken at once, each commit would become a segment of its own, and a reader would ask for each of them.</summary>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var mine = Sql.Command(connection, "select pg_try_advisory_xact_lock($1)", AdvisoryLocks.Compaction);
        if (await mine.ExecuteScalarAsync(cancellationToken) is not true)
            return false;
        var slice = await ReadAsync(connection, cancellationToken);
        if (slice.RowIds.Count == 0)
            return false;
        var segments = await WriteAsync(connection, slice, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        metrics.Compacted(segments);
        return slice.RowIds.Count == SliceRows || slice.Bytes >= SliceBytes;
    }

    /// <summary>Looks how much the journal holds; at most <see cref="MostRowsMeasured"/> rows of it.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        await using var command = database.Pool.CreateCommand(
            $"""
            select count(*), coalesce(sum(octet_length(events)), 0)::bigint
            from (select events from journal limit {MostRowsMeasured}) j
            """);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        metrics.JournalHolds(rows.GetInt64(0), rows.GetInt64(1));
    }

    /// <summary>The oldest rows. Rows of one stream have ascending ids, since its lock was held while they were drawn: what is
    /// read here has no gaps.</summary>
    private static async Task<JournalSlice> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = Sql.Command(
            connection,
            $"""
            select id, streams, firsts, starts, events from (
              select j.*, sum(octet_length(events)) over (order by id) - octet_length(events) as before
              from (select * from journal order by id limit {SliceRows}) j) k
            where before < $1 order by id
            """,
            (long)SliceBytes);
        var slice = new JournalSlice();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            slice.Add(
                rows.GetInt64(0), rows.GetFieldValue<long[]>(1), rows.GetFieldValue<long[]>(2), rows.GetFieldValue<int[]>(3),
                rows.GetFieldValue<byte[]>(4));
        }

        return slice;
    }

    private static async Task<int> WriteAsync(NpgsqlConnection connection, JournalSlice slice, CancellationToken cancellationToken)
    {
        var there = await LockAsync(connection, slice, cancellationToken);
        var segments = slice.Join(there).ToList();
        await using var batch = connection.CreateBatch();
        Sql.Add(
            batch,
            """
            insert into segments (stream_id, first, last, events)
            select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[])
            """,
            segments.Select(segment => segment.StreamId).ToArray(),
            segments.Select(segment => segment.First).ToArray(),
            segments.Select(segment => segment.Last).ToArray(),
            segments.Select(segment => segment.Events).ToArray());
        Sql.Add(batch, "delete from journal where id = any($1)", slice.RowIds.ToArray());
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return segments.Count;
    }

    /// <summary>The streams that are still there, with the oldest number that each retains. They cannot be deleted until the
    /// slice is done; whoever appends to them is not held up.</summary>
    private static async Task<Dictionary<long, long>> LockAsync(
        NpgsqlConnection connection, JournalSlice slice, CancellationToken cancellationToken)
    {
        await using var command = Sql.Command(
            connection, "select id, first from streams where id = any($1) order by id for key share", slice.StreamIds.ToArray());
        var there = new Dictionary<long, long>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            there[rows.GetInt64(0)] = rows.GetInt64(1);
        return there;
    }
}
