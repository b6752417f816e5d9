using Microsoft.Data.Sqlite;
using Runnel.Streams.Events;
using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>Reads streams: the newest entries from memory, everything older from segments, found by seek, a segment at a time
/// and without a transaction held open. Thread-safe.</summary>
internal sealed class SegmentReader(SqliteDatabase database, RecentStreams recent)
{
    private const int HomePageBytes = 64 * 1024;

    public IReadOnlyList<LogEntry> Read(StreamName name, long after, int maxBytes) => Read(name, id: null, after, maxBytes);

    /// <summary>Reads a stream of a name, if it is the one of an id: it may have been deleted and made again.</summary>
    private IReadOnlyList<LogEntry> Read(StreamName name, long? id, long after, int maxBytes)
    {
        if (FindRecent(name, id)?.ReadRecent(after, maxBytes) is { } entries)
            return entries;
        using var connection = database.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = """
            select s.first, s.events, t.first, t.generation from segments s join streams t on t.id = s.stream_id
            where t.name = @name and t.id = coalesce(@id, t.id) and s.last > @after and s.last >= t.first
            order by s.last limit 1
            """;
        command.Parameters.AddWithValue("@id", id ?? (object)DBNull.Value);
        command.Parameters.AddWithValue("@name", name.Value);
        command.Parameters.AddWithValue("@after", after);
        using var row = command.ExecuteReader();
        if (!row.Read())
            return ReadOldestRecent(name, id, after, maxBytes);
        var first = row.GetInt64(0);
        var from = Math.Max(after + 1, row.GetInt64(2));
        var segment = row.GetFieldValue<byte[]>(1);
        return SegmentCodec.ReadEvents(name, row.GetInt64(3), first, segment) is { } events
            ? Take(events.Select(next => new LogEntry(next.Number, next)), from, maxBytes)
            : Take(Resolve(connection, first, from, SegmentCodec.ReadReferences(segment)), from, maxBytes);
    }

    private StoredStream? FindRecent(StreamName name, long? id) =>
        recent.Find(name) is { } stream && (id ?? stream.Id) == stream.Id ? stream : null;

    private IReadOnlyList<LogEntry> ReadOldestRecent(StreamName name, long? id, long after, int maxBytes) =>
        FindRecent(name, id) is { } stream ? stream.ReadRecent(Math.Max(after, stream.BeforeRecent), maxBytes) ?? [] : [];

    /// <summary>The entries of an owner's segment from a number on, in order; places whose event is gone are empty.</summary>
    private IEnumerable<LogEntry> Resolve(SqliteConnection connection, long first, long from, List<Reference> runs)
    {
        var events = new ReferencedEvents();
        var number = first;
        foreach (var run in runs)
        {
            for (var wanted = run.First; wanted < run.First + run.Count; wanted++, number++)
            {
                if (number >= from)
                    yield return new LogEntry(number, Find(connection, events, run.HomeId, wanted));
            }
        }
    }

    private StreamEvent? Find(SqliteConnection connection, ReferencedEvents events, long home, long number)
    {
        if (!events.TryFind(home, number, out var found))
        {
            events.Keep(home, NameOf(connection, home) is { } name ? Read(name, home, number - 1, HomePageBytes) : []);
            _ = events.TryFind(home, number, out found);
        }

        return found;
    }

    private static List<LogEntry> Take(IEnumerable<LogEntry> entries, long from, int maxBytes)
    {
        var taken = new List<LogEntry>();
        foreach (var entry in entries)
        {
            if (entry.Number < from)
                continue;
            taken.Add(entry);
            maxBytes -= entry.Size;
            if (maxBytes <= 0)
                break;
        }

        return taken;
    }

    private static StreamName? NameOf(SqliteConnection connection, long id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select name from streams where id = @id";
        command.Parameters.AddWithValue("@id", id);
        return command.ExecuteScalar() is string name ? new StreamName(name) : null;
    }
}
