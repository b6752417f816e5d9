using Microsoft.Data.Sqlite;
using Runnel.Streams.Events;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>What the journal holds, by stream. Events that segments already have are skipped.</summary>
internal sealed class JournalContent
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<long, StoredStream?> _byId = [];

    private JournalContent(SqliteConnection connection) => _connection = connection;

    /// <summary>The streams that it has something of.</summary>
    public IEnumerable<StoredStream> Streams =>
        _byId.Values.OfType<StoredStream>().Where(stream => stream.RecentCount > 0);

    /// <summary>How much it holds, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <exception cref="FormatException">The journal is damaged.</exception>
    public static JournalContent Read(SqliteConnection connection)
    {
        var content = new JournalContent(connection);
        using var command = connection.CreateCommand();
        command.CommandText = "select batch from journal order by id";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var batch = rows.GetFieldValue<byte[]>(0);
            content.Bytes += batch.Length;
            foreach (var (place, events) in JournalCodec.Read(batch))
                content.Restore(place, events);
        }

        return content;
    }

    private void Restore(JournalPlace place, List<NewEvent> events)
    {
        var home = ById(place.StreamId);
        var stored = new List<StoredEvent>(events.Count);
        for (var i = 0; i < events.Count; i++)
            stored.Add(new StoredEvent(place.StreamId, place.First + i, Restore(home, place.First + i, events[i])));
        if (home is not null)
            AddMissing(home, place.First, stored);
        if (place.OwnerId != 0 && ById(place.OwnerId) is { } owner)
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

    private StoredStream? ById(long id)
    {
        if (_byId.TryGetValue(id, out var known))
            return known;
        using var command = _connection.CreateCommand();
        command.CommandText = StreamRow.ById;
        command.Parameters.AddWithValue("@id", id);
        using var row = command.ExecuteReader();
        return _byId[id] = StreamRow.Read(row);
    }
}
