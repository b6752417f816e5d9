using Runnel.Streams.Events;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>A stream that a transaction changes.</summary>
internal sealed class PlannedStream(StoredStream stream)
{
    private readonly uint _mark = Cursor.MarkOf(stream.Name);
    private readonly List<StoredEvent> _added = [];

    public StoredStream Stream => stream;

    /// <summary>The stream's head, what the transaction changes included.</summary>
    public StreamHead Head { get; private set; } = stream.Head;

    public long Last => Head.Last;

    public Cursor CursorAt(long number) => new(_mark, Head.Generation, number);

    public void Add(StreamEvent[] events, long homeId)
    {
        _added.EnsureCapacity(_added.Count + events.Length);
        foreach (var next in events)
            _added.Add(new StoredEvent(homeId, next.Number, next));
        Head = Head with { Last = Head.Last + events.Length };
    }

    /// <summary>Whether the transaction gives up events of it.</summary>
    public bool IsTrimmed { get; private set; }

    public void TrimTo(long number) => (Head, IsTrimmed) = (Head.TrimmedTo(number), true);

    public void End() => Head = Head with { IsEnded = true };

    /// <summary>After the commit: makes it true.</summary>
    public void Apply() => stream.Change(_added, Head);
}
