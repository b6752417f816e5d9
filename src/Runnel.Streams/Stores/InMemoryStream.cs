using Runnel.Streams.Events;

namespace Runnel.Streams.Stores;

/// <summary>One stream of a store in memory. Thread-safe.</summary>
internal sealed class InMemoryStream(StreamName name, long generation)
{
    private readonly Lock _gate = new();
    private readonly List<StreamEvent> _events = [];

    public StreamHead Head
    {
        get
        {
            lock (_gate)
                return new StreamHead(generation, 1, _events.Count);
        }
    }

    /// <summary>Adds events; the positions before the first and after the last of them.</summary>
    public (Cursor Before, Cursor Last) Add(IReadOnlyList<StreamEvent> events)
    {
        lock (_gate)
        {
            var before = CursorAt(_events.Count);
            _events.AddRange(events);
            return (before, CursorAt(_events.Count));
        }
    }

    public IReadOnlyList<LogEntry> Read(long after, int maxBytes)
    {
        var entries = new List<LogEntry>();
        lock (_gate)
        {
            for (var i = (int)Math.Clamp(after, 0, _events.Count); i < _events.Count; i++)
            {
                entries.Add(new LogEntry(i + 1, _events[i]));
                maxBytes -= _events[i].Size;
                if (maxBytes <= 0)
                    break;
            }
        }

        return entries;
    }

    private Cursor CursorAt(long number) => new(Cursor.MarkOf(name), generation, number);
}
