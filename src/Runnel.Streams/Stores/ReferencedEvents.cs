using Runnel.Streams.Events;

namespace Runnel.Streams.Stores;

/// <summary>
/// The events that an owner's references name, for one read. References to a home come in ascending order, and homes
/// alternate: a page of each is kept, so that events that take turns do not each cost a segment. Not thread-safe.
/// </summary>
public sealed class ReferencedEvents
{
    private readonly Dictionary<long, IReadOnlyList<LogEntry>> _pages = [];

    /// <summary>Finds an event, null when it is gone; false when a page of its home from that number on is needed first.</summary>
    public bool TryFind(long homeId, long number, out StreamEvent? found)
    {
        found = null;
        if (!_pages.TryGetValue(homeId, out var page) || (page.Count > 0 && page[^1].Number < number))
            return false;
        if (page.Count > 0 && page[0].Number <= number)
            found = page[(int)(number - page[0].Number)].Event;
        return true;
    }

    /// <summary>Takes the page of a home that was needed; empty where nothing is left.</summary>
    public void Keep(long homeId, IReadOnlyList<LogEntry> page) => _pages[homeId] = page;
}
