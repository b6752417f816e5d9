using Microsoft.Extensions.Options;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Live;

public sealed class TailTests
{
    private readonly LogEntry[] _buffer = new LogEntry[16];

    private static TailBudget Unbounded => Budget(long.MaxValue);

    [Fact]
    public void Tail_KeepsTheNewest_WithinItsNumber()
    {
        var tail = new Tail(maxEntries: 8, maxBytes: int.MaxValue, Unbounded);
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
        var tail = new Tail(maxEntries: 100, maxBytes: 1000, Unbounded);
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
        var tail = new Tail(8, int.MaxValue, Unbounded);
        tail.Add(Entry(1));
        tail.Add(Entry(5));

        Assert.Equal((1, 5, 5), (tail.Count, tail.First, tail.Last));
        Assert.Equal(-1, tail.CopyAfter(1, _buffer));
    }

    [Fact]
    public void Tail_ThatGrows_KeepsItsNewestOnly_WhenAllTogetherHoldTooMuch()
    {
        var budget = Budget(1000);
        var (quiet, growing) = (new Tail(100, int.MaxValue, budget), new Tail(100, int.MaxValue, budget));
        for (var number = 1; number <= 3; number++)
            quiet.Add(Entry(number));
        for (var number = 1; number <= 20; number++)
            growing.Add(Entry(number));
        Assert.Equal((3, 20), (quiet.Count, growing.Last));
        Assert.InRange(growing.Count, 1, 6);
        Assert.InRange(budget.Used, 3 * Entry(1).Size, 1000);

        quiet.Add(new LogEntry(4, new StreamEvent(
            Sample.Stream, 4, new NewEvent("large", Sample.Bytes($$"""{"x":"{{new string('x', 5000)}}"}""")))));
        growing.Add(Entry(21));
        Assert.Equal((1, 4, 1, 21), (quiet.Count, quiet.Last, growing.Count, growing.Last));
    }

    [Fact]
    public void Tail_GivesBackWhatItHeld()
    {
        var budget = Budget(long.MaxValue);
        var tail = new Tail(4, int.MaxValue, budget);
        for (var number = 1; number <= 10; number++)
            tail.Add(Entry(number));
        Assert.Equal(Enumerable.Range(7, 4).Sum(number => Entry(number).Size), budget.Used);
        tail.DropBefore(10);
        Assert.Equal((1, 10, Entry(10).Size), (tail.Count, tail.First, budget.Used));
        tail.Clear();

        Assert.Equal(0, budget.Used);
    }

    private static TailBudget Budget(long bytes) => new(Options.Create(new LiveOptions { TailBytes = bytes }));

    private static LogEntry Entry(long number) => new(number, new StreamEvent(Sample.Stream, number, Sample.Event(number)));
}
