using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Runnel.Streams.Events;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>The streams of which the journal has events that segments do not have. For every other stream its row and its
/// segments say everything.</summary>
internal sealed class RecentStreams(SqliteDatabase database)
{
    private readonly ConcurrentDictionary<StreamName, StoredStream> _streams = new();
    private long _journalBytes;

    /// <summary>How much the journal holds, in bytes.</summary>
    public long JournalBytes => Interlocked.Read(ref _journalBytes);

    public IReadOnlyCollection<StoredStream> All => (IReadOnlyCollection<StoredStream>)_streams.Values;

    public void CountJournal(long bytes) => Interlocked.Add(ref _journalBytes, bytes);

    public StoredStream? Find(StreamName name) => _streams.GetValueOrDefault(name);

    /// <summary>Keeps a stream while the journal has something of it.</summary>
    public void Keep(StoredStream stream)
    {
        if (stream.RecentCount > 0)
            _streams[stream.Name] = stream;
    }

    /// <summary>Lets go of a stream of which segments have everything.</summary>
    public void Drop(StoredStream stream) => _streams.TryRemove(stream.Name, out _);

    /// <summary>The stream as its row says; null when there is none.</summary>
    public StoredStream? Load(StreamName name)
    {
        using var connection = database.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "select id, generation, first, last from streams where name = @name";
        command.Parameters.AddWithValue("@name", name.Value);
        using var row = command.ExecuteReader();
        return row.Read()
            ? new StoredStream(row.GetInt64(0), name, new StreamHead(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)))
            : null;
    }

    /// <summary>Reads what the last process left in the journal. Events that segments already have are skipped.</summary>
    public void LoadJournal()
    {
        using var connection = database.Connect();
        var byId = new Dictionary<long, StoredStream?>();
        using var command = connection.CreateCommand();
        command.CommandText = "select batch from journal order by id";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var batch = rows.GetFieldValue<byte[]>(0);
            CountJournal(batch.Length);
            foreach (var (place, events) in JournalCodec.Read(batch))
                Restore(connection, byId, place, events);
        }

        foreach (var stream in byId.Values)
        {
            if (stream is not null)
                Keep(stream);
        }
    }

    private static void Restore(
        SqliteConnection connection, Dictionary<long, StoredStream?> byId, JournalPlace place, List<NewEvent> events)
    {
        if (ById(connection, byId, place.StreamId) is not { } home)
            return;
        var stored = new List<StoredEvent>(events.Count);
        for (var i = 0; i < events.Count; i++)
            stored.Add(new StoredEvent(new StreamEvent(home.Name, place.First + i, events[i]), home.Id));
        AddMissing(home, place.First, stored);
        if (place.OwnerId != 0 && ById(connection, byId, place.OwnerId) is { } owner)
            AddMissing(owner, place.OwnerFirst, stored);
    }

    private static void AddMissing(StoredStream stream, long first, List<StoredEvent> events)
    {
        if (first > stream.Head.Last + 1)
            throw new FormatException($"Events of '{stream.Name}' before {first} are missing.");
        var known = (int)Math.Clamp(stream.Head.Last - first + 1, 0, events.Count);
        stream.Add(events.GetRange(known, events.Count - known));
    }

    private static StoredStream? ById(SqliteConnection connection, Dictionary<long, StoredStream?> byId, long id)
    {
        if (byId.TryGetValue(id, out var known))
            return known;
        using var command = connection.CreateCommand();
        command.CommandText = "select name, generation, first, last from streams where id = @id";
        command.Parameters.AddWithValue("@id", id);
        using var row = command.ExecuteReader();
        var stream = row.Read()
            ? new StoredStream(
                id, new StreamName(row.GetString(0)), new StreamHead(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)))
            : null;
        return byId[id] = stream;
    }
}
