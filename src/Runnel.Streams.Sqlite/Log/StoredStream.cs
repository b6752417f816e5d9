using Runnel.Streams.Events;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>
/// A stream of which events are in the journal and not yet in segments. Changed only by whoever holds the write gate, after
/// its transaction has committed; read by anybody.
/// </summary>
internal sealed class StoredStream(long id, StreamName name, StreamHead head)
{
    private readonly Lock _gate = new();
    private readonly List<StoredEvent> _recent = [];
    private StreamHead _head = head;

    public long Id => id;

    public StreamName Name => name;

    public StreamHead Head
    {
        get
        {
            lock (_gate)
                return _head;
        }
    }

    /// <summary>How many entries only the journal has.</summary>
    public int RecentCount
    {
        get
        {
            lock (_gate)
                return _recent.Count;
        }
    }

    private long FirstRecent => _head.Last - _recent.Count + 1;

    public void Add(IReadOnlyList<StoredEvent> events) =>
        Change(events, Head with { Last = Head.Last + events.Count });

    /// <summary>Adds entries, and forgets those that the new head has given up.</summary>
    public void Change(IReadOnlyList<StoredEvent> added, StreamHead head)
    {
        lock (_gate)
        {
            _recent.AddRange(added);
            _head = head;
            _recent.RemoveRange(0, (int)Math.Clamp(head.First - FirstRecent, 0, _recent.Count));
        }
    }

    /// <summary>Forgets everything: it was deleted.</summary>
    public void Clear()
    {
        lock (_gate)
            _recent.Clear();
    }

    /// <summary>Leaves empty places where events of deleted streams were.</summary>
    public void Empty(Dictionary<long, StoredStream> deleted)
    {
        lock (_gate)
        {
            for (var i = 0; i < _recent.Count; i++)
            {
                if (_recent[i].HomeId != id && deleted.ContainsKey(_recent[i].HomeId))
                    _recent[i] = _recent[i] with { Event = null };
            }
        }
    }

    /// <summary>The oldest entries that only the journal has, at least one if there is one, up to a number of bytes: all of them
    /// the stream's own, or none, as a segment holds either events or references.</summary>
    public (long First, List<StoredEvent> Events) TakeRecent(int maxBytes)
    {
        lock (_gate)
        {
            var taken = Slice(0, maxBytes);
            var other = taken.FindIndex(next => next.HomeId == id != (taken[0].HomeId == id));
            return (FirstRecent, other < 0 ? taken : taken.GetRange(0, other));
        }
    }

    /// <summary>Forgets the oldest entries, which segments now have.</summary>
    public void DropRecent(int count)
    {
        lock (_gate)
            _recent.RemoveRange(0, count);
    }

    /// <summary>The number before the oldest entry that only the journal has.</summary>
    public long BeforeRecent
    {
        get
        {
            lock (_gate)
                return FirstRecent - 1;
        }
    }

    /// <summary>Entries after a number; null where segments have them.</summary>
    public IReadOnlyList<LogEntry>? ReadRecent(long after, int maxBytes)
    {
        lock (_gate)
        {
            if (after >= _head.Last)
                return [];
            var skip = after + 1 - FirstRecent;
            if (skip < 0)
                return null;
            var events = Slice((int)skip, maxBytes);
            var entries = new LogEntry[events.Count];
            for (var i = 0; i < entries.Length; i++)
                entries[i] = new LogEntry(after + 1 + i, events[i].Event);
            return entries;
        }
    }

    private List<StoredEvent> Slice(int from, int maxBytes)
    {
        var taken = new List<StoredEvent>();
        for (var i = from; i < _recent.Count && (maxBytes > 0 || taken.Count == 0); i++)
        {
            taken.Add(_recent[i]);
            maxBytes -= _recent[i].Event?.Size ?? 32;
        }

        return taken;
    }
}
