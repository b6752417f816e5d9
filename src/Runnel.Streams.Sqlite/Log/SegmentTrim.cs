using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>Takes events that were given up out of the segments of a stream. A segment is a run of whatever was compacted
/// together, so that the end of what is given up may lie within one: that one is written again without them.</summary>
internal static class SegmentTrim
{
    public static void Run(StatementCache statements, long streamId, long first)
    {
        (string, object?)[] place = [("id", streamId), ("first", first)];
        statements.Execute("delete from segments where stream_id = @id and last < @first", place);
        foreach (var (id, begins, events) in Find(statements, place))
        {
            if (SegmentCodec.Skip(events, first - begins) is { } left)
            {
                statements.Execute(
                    "update segments set first = @first, events = @events where id = @id",
                    ("id", id), ("first", first), ("events", left));
            }
        }
    }

    private static List<(long Id, long First, byte[] Events)> Find(
        StatementCache statements, ReadOnlySpan<(string, object?)> place)
    {
        var found = new List<(long, long, byte[])>();
        using var rows = statements.Query(
            "select id, first, events from segments where stream_id = @id and first < @first", place);
        while (rows.Read())
            found.Add((rows.GetInt64(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2)));
        return found;
    }
}
