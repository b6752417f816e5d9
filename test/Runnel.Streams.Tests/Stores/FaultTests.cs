using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Stores;

/// <summary>Whatever the store does to every n-th call: the log ends the same, no failure takes a number, and nobody gets an
/// event twice.</summary>
public sealed class FaultTests
{
    private const int Writers = 3;
    private const int EventsOfEach = 12;

    private readonly InMemoryStreamStore _inner = new();

    public static TheoryData<int, Fault> Faults()
    {
        var faults = new TheoryData<int, Fault>();
        foreach (var fault in Enum.GetValues<Fault>())
        {
            for (var period = 2; period <= 9; period++)
                faults.Add(period, fault);
        }

        return faults;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Log_IsTheSame_WhicheverCallIsFaulty(int period, Fault fault)
    {
        var store = new FaultyStore(_inner, period, fault);
        await using var log = await RunningLog.StartAsync(streams => streams.Services.AddSingleton<IStreamStore>(store));
        await WriteAsync(log, writer: 0, value: 0);
        var reading = ReadAllAsync(log);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAllAsync(log, writer))).WithinPatience();

        var all = await reading.WithinPatience();
        Assert.NotEqual(0, store.Faults);
        Assert.Equal(Enumerable.Range(1, all.Count).Select(number => (long)number), all.Select(entry => entry.Number));
        Assert.Equal(all.Select(TextOf), (await _inner.ReadAllAsync(Sample.Owner)).Select(TextOf));
        for (var writer = 0; writer < Writers; writer++)
        {
            var expected = Enumerable.Range(writer == 0 ? 0 : 1, EventsOfEach + (writer == 0 ? 1 : 0));
            var own = await _inner.ReadAllAsync(StreamOf(writer));
            Assert.Equal(expected.Select(value => Sample.Text(Sample.Event(value).Data)), own.Select(TextOf));
        }
    }

    private static StreamName StreamOf(int writer) => new($"conversation/{writer}");

    private static string TextOf(LogEntry entry) => Sample.Text(entry.Event!.Data);

    private static async Task WriteAllAsync(RunningLog log, int writer)
    {
        for (var value = 1; value <= EventsOfEach; value++)
            await WriteAsync(log, writer, value);
    }

    /// <summary>As a turn does: what is said to have failed is appended again.</summary>
    private static async Task WriteAsync(RunningLog log, int writer, int value)
    {
        while (true)
        {
            try
            {
                await log.Streams.AppendAsync(new Append(StreamOf(writer), Sample.Event(value)) { Owner = Sample.Owner });
                return;
            }
            catch (StoreUnavailableException failure)
            {
                Assert.False(failure.MayBeStored);
            }
        }
    }

    /// <summary>As a client does: it comes back with its cursor.</summary>
    private static async Task<List<LogEntry>> ReadAllAsync(RunningLog log)
    {
        const int Count = (Writers * EventsOfEach) + 1;
        var (read, start) = (new List<LogEntry>(), StartPosition.Oldest);
        var buffer = new LogEntry[5];
        while (read.Count < Count)
        {
            try
            {
                using var follower = await log.Streams.FollowAsync(Sample.Owner, start);
                while (read.Count < Count)
                {
                    var count = await follower.ReadAsync(buffer, TestContext.Current.CancellationToken);
                    read.AddRange(buffer.AsSpan(0, count));
                    start = StartPosition.AfterCursor(follower.Position);
                    if (count == 0)
                        await follower.WaitAsync().AsTask().WithinPatience();
                }
            }
            catch (StoreUnavailableException)
            {
                // Comes back.
            }
        }

        return read;
    }
}
