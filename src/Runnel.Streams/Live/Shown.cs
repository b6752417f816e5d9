using Runnel.Streams.Events;

namespace Runnel.Streams.Live;

/// <summary>
/// What of a stream is visible here: where it stands, and its newest entries. Changed under the stream's gate; the head may be
/// read without it, since every follower asks around every frame.
/// </summary>
internal sealed class Shown(Tail tail)
{
    private volatile Standing _standing = new(default);
    private bool _hasReferences;

    public StreamHead Head => _standing.Head;

    /// <summary>Takes an entry that was committed. Where several processes write, their commits may be heard out of order, but
    /// never before they are stored: an entry that comes late is left to the store, and so is what an early one leaves
    /// out.</summary>
    public void Add(LogEntry entry, bool isReference)
    {
        if (tail.Count == 0 || entry.Number > tail.Last)
            tail.Add(entry);
        _hasReferences |= isReference;
    }

    /// <summary>Shows where the stream stands, after its entries were added.</summary>
    public void MoveTo(StreamHead head)
    {
        // An entry that came late must not stand for the end: what is newer would never be asked of the store.
        if (tail.Count > 0 && tail.Last < head.Last)
            tail.Clear();
        _standing = new(head);
        tail.DropBefore(head.First);
    }

    /// <summary>The same, with what somebody else says, who may know less.</summary>
    public void Learn(StreamHead head) => MoveTo(head with
    {
        First = Math.Max(Head.First, head.First),
        Last = Math.Max(Head.Last, head.Last),
        IsEnded = Head.IsEnded || head.IsEnded,
    });

    /// <summary>Copies entries after a number; -1 where they must come from the store.</summary>
    public int CopyAfter(long number, Span<LogEntry> into) => tail.CopyAfter(number, into);

    /// <summary>Leaves it to the store to show empty places where events of deleted streams were.</summary>
    public void Forget(IReadOnlyCollection<StreamName> deleted)
    {
        if (_hasReferences && tail.HasAnyOf(deleted))
            tail.Clear();
    }

    /// <summary>Leaves everything to the store.</summary>
    public void Clear() => tail.Clear();

    /// <summary>A head that is replaced as a whole.</summary>
    private sealed record Standing(StreamHead Head);
}
