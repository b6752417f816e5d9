using Runnel.Streams.Sqlite.Metrics;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>
/// Moves events from the journal into segments, a slice at a time so that a commit never waits long. A slice adds segments
/// and moves the streams' rows forward; journal rows go only when segments have all that they hold. A crash between two
/// slices costs nothing: on the next start, events up to a stream's row are skipped. Used under the write gate.
/// </summary>
internal sealed class Compactor(LogWriter writer, RecentStreams recent, JournalMetrics metrics)
{
    private const int SegmentBytes = 256 * 1024;
    private const int SliceBytes = 1024 * 1024;
    private const int SliceStreams = 64;

    private Queue<(StoredStream Stream, long UpTo)>? _work;
    private long _newest;
    private long _bytes;

    /// <summary>Does the next slice of a run, which compacts all that the journal holds at its beginning; false when the run is
    /// over.</summary>
    public bool Step()
    {
        try
        {
            if (_work is null)
                return TryBegin();
            if (_work.Count > 0)
                CompactSlice(_work);
            else
                Finish();
            return _work is not null;
        }
        catch
        {
            // What was rolled back is still in memory: the next run begins with it.
            _work = null;
            throw;
        }
    }

    private bool TryBegin()
    {
        if (recent.JournalBytes > 0)
            writer.Transact(statements => _newest = statements.Scalar("select max(id) from journal") as long? ?? 0);
        _bytes = recent.JournalBytes;
        if (_bytes > 0)
            _work = new(recent.All.Select(stream => (stream, stream.Head.Last)));
        else
            Erase();
        return _work is not null;
    }

    private void CompactSlice(Queue<(StoredStream Stream, long UpTo)> work)
    {
        var written = new List<(StoredStream Stream, int Count)>();
        writer.Transact(statements =>
        {
            for (var bytes = 0; bytes < SliceBytes && written.Count < SliceStreams && work.TryPeek(out var next);)
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
            recent.Keep(stream);
        }
    }

    private void Finish()
    {
        writer.Transact(statements => statements.Execute("delete from journal where id <= @id", ("id", _newest)));
        recent.CountJournal(-_bytes);
        _work = null;
        Erase();
    }

    /// <summary>Empties the write-ahead log of what was deleted; while somebody reads there, the next run tries again.</summary>
    private void Erase()
    {
        if (!recent.NeedsErasing)
            return;
        // Taken back before, not after: what somebody deletes meanwhile is for the next run.
        recent.NeedsErasing = false;
        var isErased = false;
        try
        {
            isErased = writer.TryTruncateWal();
        }
        finally
        {
            if (!isErased)
                recent.NeedsErasing = true;
        }
    }

    /// <summary>A slice whose acknowledgement was lost is written again, perhaps with more in its last segment: segments may
    /// overlap, and readers take what they miss.</summary>
    private static int WriteSegment(StatementCache statements, StoredStream stream, long first, List<StoredEvent> events)
    {
        var last = first + events.Count - 1;
        var segment = Encode(stream, events);
        statements.Run(
            "insert or replace into segments (stream_id, first, last, events) values (?, ?, ?, ?)", [stream.Id, first, last], segment);
        statements.Run("update streams set last = ? where id = ?", [last, stream.Id]);
        return segment.Length;
    }

    /// <summary>A segment holds either events of the stream's own, or references.</summary>
    internal static byte[] Encode(StoredStream stream, List<StoredEvent> events)
    {
        if (events[0].HomeId == stream.Id)
            return SegmentCodec.Write(events.ConvertAll(stored => stored.Event!.Content));
        var runs = new List<Reference>();
        foreach (var (home, number, _) in events)
            Reference.Add(runs, new Reference(home, number, 1));
        return SegmentCodec.Write(runs);
    }
}
