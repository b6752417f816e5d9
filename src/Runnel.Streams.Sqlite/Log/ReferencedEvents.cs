using Runnel.Streams.Events;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>
/// The events that an owner's references name, for one read. References to a home come in ascending order, and homes
/// alternate: a page of each is kept, so that events that take turns do not each cost a segment.
/// </summary>
/// <param name="readAfter">Reads a page of a home after a number; empty where nothing is left.</param>
internal sealed class ReferencedEvents(Func<long, long, IReadOnlyList<LogEntry>> readAfter)
{
    private readonly Dictionary<long, IReadOnlyList<LogEntry>> _pages = [];

    /// <summary>The event; null when it is gone.</summary>
    public StreamEvent? Find(long homeId, long number)
    {
        if (!_pages.TryGetValue(homeId, out var page) || (page.Count > 0 && page[^1].Number < number))
            _pages[homeId] = page = readAfter(homeId, number - 1);
        if (page.Count == 0 || page[0].Number > number)
            return null;
        return page[(int)(number - page[0].Number)].Event;
    }
}
