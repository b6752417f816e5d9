using Runnel.Streams.Events;

namespace Runnel.Streams.Live;

/// <summary>The newest entries of a stream in memory, contiguous, bounded in number and bytes, its own and those of all
/// tails. Not thread-safe: its stream locks.</summary>
internal sealed class Tail(int maxEntries, int maxBytes, TailBudget budget)
{
    private LogEntry[] _ring = [];
    private int _start;
    private int _bytes;

    /// <summary>How many entries it holds.</summary>
    public int Count { get; private set; }

    /// <summary>The number of the oldest entry; meaningless when empty.</summary>
    public long First => _ring[_start].Number;

    /// <summary>The number of the newest entry; meaningless when empty.</summary>
    public long Last => First + Count - 1;

    /// <summary>Adds the next entry. One that does not continue the newest makes the tail begin anew with it.</summary>
    public void Add(LogEntry entry)
    {
        if (Count > 0 && entry.Number != Last + 1)
            Clear();
        while (Count >= maxEntries)
            DropFirst();
        if (Count == _ring.Length)
            Grow();
        _ring[(_start + Count) & (_ring.Length - 1)] = entry;
        Count++;
        _bytes += entry.Size;
        budget.Take(entry.Size);
        while (Count > 1 && (_bytes > maxBytes || budget.IsOver))
            DropFirst();
    }

    /// <summary>Copies entries after a number; -1 where the tail no longer has the first of them.</summary>
    public int CopyAfter(long number, Span<LogEntry> into)
    {
        if (Count == 0 || number + 1 < First)
            return -1;
        var skip = number + 1 - First;
        if (skip >= Count)
            return 0;
        var count = (int)Math.Min(into.Length, Count - skip);
        for (var i = 0; i < count; i++)
            into[i] = _ring[(_start + (int)skip + i) & (_ring.Length - 1)];
        return count;
    }

    /// <summary>Forgets what comes before a number.</summary>
    public void DropBefore(long number)
    {
        while (Count > 0 && First < number)
            DropFirst();
    }

    /// <summary>Whether it holds an event of one of these streams.</summary>
    public bool HasAnyOf(IReadOnlyCollection<StreamName> streams)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_ring[(_start + i) & (_ring.Length - 1)].Event is { } held && streams.Contains(held.Stream))
                return true;
        }

        return false;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        budget.Return(_bytes);
        (_ring, _start, Count, _bytes) = ([], 0, 0, 0);
    }

    private void DropFirst()
    {
        var size = _ring[_start].Size;
        _bytes -= size;
        budget.Return(size);
        _ring[_start] = default;
        _start = (_start + 1) & (_ring.Length - 1);
        Count--;
    }

    private void Grow()
    {
        var larger = new LogEntry[Math.Max(4, _ring.Length * 2)];
        for (var i = 0; i < Count; i++)
            larger[i] = _ring[(_start + i) & (_ring.Length - 1)];
        (_ring, _start) = (larger, 0);
    }
}
