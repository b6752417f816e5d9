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

    /// <summary>Keeps a stream while the journal has something of it, and lets go of it when segments have everything.</summary>
    public void Keep(StoredStream stream)
    {
        if (stream.RecentCount > 0)
            _streams[stream.Name] = stream;
        else
            Drop(stream);
    }

    /// <summary>Lets go of deleted streams, and leaves empty places where owner streams showed their events.</summary>
    public void Forget(Dictionary<long, StoredStream> deleted)
    {
        foreach (var stream in deleted.Values)
        {
            stream.Clear();
            Drop(stream);
        }

        foreach (var stream in _streams.Values)
            stream.Empty(deleted);
        NeedsErasing = true;
    }

    /// <summary>Whether the write-ahead log may still have text that was deleted.</summary>
    public bool NeedsErasing
    {
        get => database.NeedsErasing;
        set => database.NeedsErasing = value;
    }

    /// <summary>The stream as its row says; null when there is none.</summary>
    public StoredStream? Load(StreamName name)
    {
        using var connection = database.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = StreamRow.ByName;
        command.Parameters.AddWithValue("@name", name.Value);
        using var row = command.ExecuteReader();
        return StreamRow.Read(row);
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
        var home = ById(connection, byId, place.StreamId);
        var stored = new List<StoredEvent>(events.Count);
        for (var i = 0; i < events.Count; i++)
            stored.Add(new StoredEvent(place.StreamId, place.First + i, Restore(home, place.First + i, events[i])));
        if (home is not null)
            AddMissing(home, place.First, stored);
        if (place.OwnerId != 0 && ById(connection, byId, place.OwnerId) is { } owner)
            AddMissing(owner, place.OwnerFirst, stored);
    }

    /// <summary>The event; null, an empty place for the owner, when its stream was deleted since.</summary>
    private static StreamEvent? Restore(StoredStream? home, long number, NewEvent content) =>
        home is null ? null : new StreamEvent(home.Name, number, content) { Generation = home.Head.Generation };

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
        command.CommandText = StreamRow.ById;
        command.Parameters.AddWithValue("@id", id);
        using var row = command.ExecuteReader();
        return byId[id] = StreamRow.Read(row);
    }

    private void Drop(StoredStream stream) => _streams.TryRemove(KeyValuePair.Create(stream.Name, stream));
}
