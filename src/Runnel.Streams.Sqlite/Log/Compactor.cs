using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Sqlite.Metrics;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>
/// Moves events from the journal into segments, a slice at a time so that a commit never waits long. A slice adds segments
/// and moves the streams' rows forward; journal rows go only when segments have all that they hold. A crash between two
/// slices costs nothing: on the next start, events up to a stream's row are skipped.
/// </summary>
internal sealed class Compactor(
    SqliteDatabase database, LogWriter writer, RecentStreams recent, JournalMetrics metrics)
{
    private const int SegmentBytes = 256 * 1024;
    private const int SliceBytes = 1024 * 1024;

    /// <summary>Compacts all that the journal holds at this moment.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (recent.JournalBytes == 0)
            return;
        var (newest, bytes, streams) = await MarkAsync(cancellationToken);
        if (newest == 0)
            return;
        var work = new Queue<(StoredStream Stream, long UpTo)>(streams);
        while (work.Count > 0)
        {
            using var pass = await database.WriteGate.EnterAsync(cancellationToken);
            CompactSlice(work);
        }

        using (await database.WriteGate.EnterAsync(cancellationToken))
        {
            writer.Transact(statements => statements.Execute("delete from journal where id <= @id", ("id", newest)));
            recent.CountJournal(-bytes);
        }
    }

    private async Task<(long Newest, long Bytes, List<(StoredStream, long)> Streams)> MarkAsync(
        CancellationToken cancellationToken)
    {
        using var pass = await database.WriteGate.EnterAsync(cancellationToken);
        var newest = 0L;
        writer.Transact(statements => newest = statements.Scalar("select max(id) from journal") as long? ?? 0);
        return (newest, recent.JournalBytes, recent.All.Select(stream => (stream, stream.Head.Last)).ToList());
    }

    private void CompactSlice(Queue<(StoredStream Stream, long UpTo)> work)
    {
        var written = new List<(StoredStream Stream, int Count)>();
        writer.Transact(statements =>
        {
            for (var bytes = 0; bytes < SliceBytes && work.TryPeek(out var next);)
            {
                var (first, events) = next.Stream.TakeRecent(SegmentBytes);
                var isLast = events.Count == 0 || first + events.Count > next.UpTo;
                if (events.Count > 0)
                    bytes += WriteSegment(statements, next.Stream, first, events);
                written.Add((next.Stream, events.Count));
                if (!isLast)
                    break;
                work.Dequeue();
            }
        });
        metrics.SegmentsWritten(written.Count(segment => segment.Count > 0));
        foreach (var (stream, count) in written)
        {
            stream.DropRecent(count);
            if (stream.RecentCount == 0)
                recent.Drop(stream);
        }
    }

    private static int WriteSegment(StatementCache statements, StoredStream stream, long first, List<StoredEvent> events)
    {
        var last = first + events.Count - 1;
        var segment = SegmentCodec.Write(stream, events);
        statements.Execute(
            "insert into segments (stream_id, first, last, events) values (@id, @first, @last, @events)",
            ("id", stream.Id), ("first", first), ("last", last), ("events", segment));
        statements.Execute("update streams set last = @last where id = @id", ("last", last), ("id", stream.Id));
        return segment.Length;
    }
}
