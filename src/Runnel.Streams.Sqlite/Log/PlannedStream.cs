using Runnel.Streams.Events;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>A stream that a transaction adds to.</summary>
internal sealed class PlannedStream(StoredStream stream)
{
    private readonly StreamHead _head = stream.Head;
    private readonly uint _mark = Cursor.MarkOf(stream.Name);

    public StoredStream Stream => stream;

    public List<StoredEvent> Added { get; } = [];

    /// <summary>The number of its last event, those that the transaction adds included.</summary>
    public long Last => _head.Last + Added.Count;

    public Cursor CursorAt(long number) => new(_mark, _head.Generation, number);

    public void Add(StreamEvent[] events, long homeId)
    {
        foreach (var next in events)
            Added.Add(new StoredEvent(next, homeId));
    }
}
