using Runnel.Streams.Events;

namespace Runnel.Streams.Stores;

/// <summary>One stream of a store in memory. Thread-safe.</summary>
internal sealed class InMemoryStream(StreamName name, long generation)
{
    private readonly Lock _gate = new();
    private readonly List<LogEntry> _entries = [];
    private StreamHead _head = new(generation, 1, 0);

    public StreamHead Head
    {
        get
        {
            lock (_gate)
                return _head;
        }
    }

    /// <summary>Adds events; the positions before the first and after the last of them.</summary>
    public (Cursor Before, Cursor Last) Add(IReadOnlyList<StreamEvent> events)
    {
        lock (_gate)
        {
            var before = CursorAt(_head.Last);
            foreach (var next in events)
            {
                _head = _head with { Last = _head.Last + 1 };
                _entries.Add(new LogEntry(_head.Last, next));
            }

            return (before, CursorAt(_head.Last));
        }
    }

    public void End()
    {
        lock (_gate)
            _head = _head with { IsEnded = true };
    }

    public void Trim(long number)
    {
        lock (_gate)
        {
            _head = _head.TrimmedTo(number);
            _entries.RemoveAll(entry => entry.Number < _head.First);
        }
    }

    /// <summary>Leaves empty places where events of a deleted stream were.</summary>
    public void Empty(StreamName deleted)
    {
        lock (_gate)
        {
            for (var i = 0; i < _entries.Count; i++)
            {
                if (_entries[i].Event?.Stream == deleted)
                    _entries[i] = _entries[i] with { Event = null };
            }
        }
    }

    public IReadOnlyList<LogEntry> Read(long after, int maxBytes)
    {
        var entries = new List<LogEntry>();
        lock (_gate)
        {
            var start = (int)Math.Clamp(after + 1 - _head.First, 0, _entries.Count);
            for (var i = start; i < _entries.Count && (maxBytes > 0 || entries.Count == 0); i++)
            {
                entries.Add(_entries[i]);
                maxBytes -= _entries[i].Size;
            }
        }

        return entries;
    }

    private Cursor CursorAt(long number) => new(Cursor.MarkOf(name), generation, number);
}
