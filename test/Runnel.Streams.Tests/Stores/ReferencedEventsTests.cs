using Runnel.Streams.Events;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Stores;

public sealed class ReferencedEventsTests
{
    private int _reads;

    [Fact]
    public void Homes_ThatAlternate_AreReadPageByPage()
    {
        var events = new ReferencedEvents();
        for (var number = 1; number <= 1000; number++)
        {
            foreach (var home in new[] { 7, 8, 9 })
                Assert.Equal(number, Find(events, home, number, ReadPage)!.Number);
        }

        Assert.Equal(30, _reads);
    }

    [Fact]
    public void Event_ThatIsGone_IsEmpty_AndCostsNoMoreReads()
    {
        var events = new ReferencedEvents();
        List<LogEntry> Trimmed(long home, long after) => after < 500 ? ReadPage(home, 500) : [];

        Assert.Null(Find(events, 7, 3, Trimmed));
        Assert.Null(Find(events, 7, 500, Trimmed));
        Assert.Equal(501, Find(events, 7, 501, Trimmed)!.Number);
        Assert.Null(Find(events, 7, 2000, Trimmed));
        Assert.Null(Find(events, 7, 2001, Trimmed));
        Assert.Equal(1, _reads);
    }

    private static StreamEvent? Find(
        ReferencedEvents events, long home, long number, Func<long, long, List<LogEntry>> readAfter)
    {
        if (!events.TryFind(home, number, out var found))
        {
            events.Keep(home, readAfter(home, number - 1));
            Assert.True(events.TryFind(home, number, out found));
        }

        return found;
    }

    private List<LogEntry> ReadPage(long home, long after)
    {
        _reads++;
        return [.. Enumerable.Range(1, 100).Select(i =>
            new LogEntry(after + i, new StreamEvent(new StreamName("home/" + home), after + i, Sample.Event(after + i))))];
    }
}
