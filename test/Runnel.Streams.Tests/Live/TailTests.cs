using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Live;

public sealed class TailTests
{
    private readonly LogEntry[] _buffer = new LogEntry[16];

    [Fact]
    public void Tail_KeepsTheNewest_WithinItsNumber()
    {
        var tail = new Tail(maxEntries: 8, maxBytes: int.MaxValue);
        for (var number = 1; number <= 100; number++)
        {
            tail.Add(Entry(number));
            Assert.Equal(Math.Min(8, number), tail.Count);
            Assert.Equal(number, tail.Last);
        }

        Assert.Equal(-1, tail.CopyAfter(91, _buffer));
        Assert.Equal(8, tail.CopyAfter(92, _buffer));
        Assert.Equal(Enumerable.Range(93, 8).Select(number => (long)number), _buffer[..8].Select(entry => entry.Number));
        Assert.Equal(0, tail.CopyAfter(100, _buffer));
        Assert.Equal(2, tail.CopyAfter(92, _buffer.AsSpan(0, 2)));
    }

    [Fact]
    public void Tail_KeepsTheNewest_WithinItsBytes_AndOneHoweverLarge()
    {
        var tail = new Tail(maxEntries: 100, maxBytes: 1000);
        for (var number = 1; number <= 50; number++)
            tail.Add(Entry(number));
        Assert.InRange(tail.Count, 2, 10);
        tail.Add(new LogEntry(51, new StreamEvent(
            Sample.Stream, 51, new NewEvent("large", Sample.Bytes($$"""{"x":"{{new string('x', 5000)}}"}""")))));

        Assert.Equal((1, 51), (tail.Count, tail.First));
    }

    [Fact]
    public void Tail_BeginsAnew_WhenAnEntryDoesNotContinueIt()
    {
        var tail = new Tail(8, int.MaxValue);
        tail.Add(Entry(1));
        tail.Add(Entry(5));

        Assert.Equal((1, 5, 5), (tail.Count, tail.First, tail.Last));
        Assert.Equal(-1, tail.CopyAfter(1, _buffer));
    }

    private static LogEntry Entry(long number) => new(number, new StreamEvent(Sample.Stream, number, Sample.Event(number)));
}
