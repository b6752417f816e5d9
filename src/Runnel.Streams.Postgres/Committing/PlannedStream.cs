using Runnel.Streams.Events;

namespace Runnel.Streams.Postgres.Committing;

/// <summary>A stream that a transaction changes. Its row is locked, or will be made by the transaction.</summary>
internal sealed class PlannedStream(StreamName name, long id, StreamHead head)
{
    private readonly uint _mark = Cursor.MarkOf(name);
    private readonly List<Piece> _pieces = [];

    public StreamName Name => name;

    /// <summary>The id of its row; 0 until the row is made.</summary>
    public long Id { get; set; } = id;

    /// <summary>The stream's head, what the transaction changes included.</summary>
    public StreamHead Head { get; private set; } = head;

    public long Last => Head.Last;

    /// <summary>Whether its row must be written.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Whether the transaction gives up events of it.</summary>
    public bool IsTrimmed { get; private set; }

    public IReadOnlyList<Piece> Pieces => _pieces;

    public Cursor CursorAt(long number) => new(_mark, Head.Generation, number);

    /// <summary>Adds events of its own.</summary>
    public void Add(IReadOnlyList<NewEvent> events)
    {
        if (_pieces.Count == 0 || _pieces[^1].Events is null)
            _pieces.Add(new Piece(Last + 1) { Events = [] });
        _pieces[^1].Events!.AddRange(events);
        Advance(events.Count);
    }

    /// <summary>Adds references to events that were just added to another stream.</summary>
    public void AddReferences(PlannedStream home, long first, int count)
    {
        if (_pieces.Count == 0 || _pieces[^1].Homes is null)
            _pieces.Add(new Piece(Last + 1) { Homes = [] });
        _pieces[^1].Homes!.Add((home, first, count));
        Advance(count);
    }

    public void TrimTo(long number) => (Head, IsTrimmed, IsChanged) = (Head.TrimmedTo(number), true, true);

    public void End() => (Head, IsChanged) = (Head with { IsEnded = true }, true);

    private void Advance(int count) => (Head, IsChanged) = (Head with { Last = Last + count }, true);
}
