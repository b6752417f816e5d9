using Npgsql;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.Committing;

/// <summary>Takes events that were given up out of the segments of a stream. A segment is a run of whatever was compacted
/// together, so that the end of what is given up may lie within one: that one is written again without them.</summary>
internal static class SegmentTrim
{
    /// <summary>Runs in a transaction; waits for a compaction that runs just now, which might bring back what is given up.</summary>
    public static void Run(NpgsqlConnection connection, long streamId, long first)
    {
        Sql.Execute(connection, "select pg_advisory_xact_lock_shared($1)", AdvisoryLocks.Compaction);
        Sql.Execute(connection, "delete from segments where stream_id = $1 and last < $2", streamId, first);
        foreach (var (last, begins, events) in Find(connection, streamId, first))
        {
            if (SegmentCodec.Skip(events, first - begins) is { } left)
            {
                Sql.Execute(
                    connection,
                    "update segments set first = $3, events = $4 where stream_id = $1 and last = $2",
                    streamId, last, first, left);
            }
        }
    }

    private static List<(long Last, long First, byte[] Events)> Find(NpgsqlConnection connection, long streamId, long first)
    {
        var found = new List<(long, long, byte[])>();
        using var command = Sql.Command(
            connection, "select last, first, events from segments where stream_id = $1 and first < $2", streamId, first);
        using var rows = command.ExecuteReader();
        while (rows.Read())
            found.Add((rows.GetInt64(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2)));
        return found;
    }
}
