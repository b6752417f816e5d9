using Runnel.Streams.Events;
using Runnel.Streams.Sqlite.Log;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests.Log;

public sealed class ReferencedEventsTests
{
    private int _reads;

    [Fact]
    public void Homes_ThatAlternate_AreReadPageByPage()
    {
        var events = new ReferencedEvents(ReadPage);
        for (var number = 1; number <= 1000; number++)
        {
            foreach (var home in new[] { 7, 8, 9 })
                Assert.Equal(number, events.Find(home, number)!.Number);
        }

        Assert.Equal(30, _reads);
    }

    [Fact]
    public void Event_ThatIsGone_IsEmpty_AndCostsNoMoreReads()
    {
        var events = new ReferencedEvents((home, after) => after < 500 ? ReadPage(home, 500) : []);

        Assert.Null(events.Find(7, 3));
        Assert.Null(events.Find(7, 500));
        Assert.Equal(501, events.Find(7, 501)!.Number);
        Assert.Null(events.Find(7, 2000));
        Assert.Null(events.Find(7, 2001));
        Assert.Equal(1, _reads);
    }

    private List<LogEntry> ReadPage(long home, long after)
    {
        _reads++;
        return [.. Enumerable.Range(1, 100).Select(i =>
            new LogEntry(after + i, new StreamEvent(new StreamName("home/" + home), after + i, Sample.Event(after + i))))];
    }
}
