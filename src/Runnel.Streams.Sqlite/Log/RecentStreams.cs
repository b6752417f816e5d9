using System.Collections.Concurrent;
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
        var journal = JournalContent.Read(connection);
        CountJournal(journal.Bytes);
        foreach (var stream in journal.Streams)
            Keep(stream);
    }

    private void Drop(StoredStream stream) => _streams.TryRemove(KeyValuePair.Create(stream.Name, stream));
}
