using System.Globalization;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Live;

public sealed class FollowerTests : IAsyncLifetime
{
    private RunningLog _log = null!;

    public async ValueTask InitializeAsync() => _log = await RunningLog.StartAsync(streams => streams.UseInMemory());

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task Follower_ReceivesEveryEventOnce_AcrossTheSeamOfReplayAndLive()
    {
        for (var round = 0; round < 200; round++)
        {
            var stream = new StreamName("round/" + round.ToString(CultureInfo.InvariantCulture));
            await AppendAsync(stream, 1, 5);
            var appending = AppendManyAsync(stream, 6, 60);
            var followers = new List<Task<List<LogEntry>>>();
            for (var i = 0; i < 5; i++)
                followers.Add(ReadAllAsync(stream, 65, bufferEntries: 1 + (round % 7)));

            await appending;
            foreach (var read in followers)
                Sample.AssertCounts(await read, 65);
        }
    }

    [Fact]
    public async Task Follower_ThatComesLate_ReadsTheSame()
    {
        await AppendManyAsync(Sample.Stream, 1, 5000);

        Sample.AssertCounts(await ReadAllAsync(Sample.Stream, 5000), 5000);
    }

    [Fact]
    public async Task Thousand_FollowersOfOneStream_AllReceiveEverything()
    {
        await AppendAsync(Sample.Stream, 1, 1);
        var readers = new List<Task<List<LogEntry>>>();
        for (var i = 0; i < 1000; i++)
            readers.Add(ReadAllAsync(Sample.Stream, 200));
        await AppendManyAsync(Sample.Stream, 2, 199);

        foreach (var read in readers)
            Sample.AssertCounts(await read.WithinPatience(), 200);
    }

    [Fact]
    public async Task OneEvent_WakesACrowd()
    {
        await AppendAsync(Sample.Stream, 1, 1);
        var waits = new List<Task>();
        for (var i = 0; i < 1000; i++)
            waits.Add((await _log.Streams.FollowAsync(Sample.Stream)).WaitAsync().AsTask());
        await AppendAsync(Sample.Stream, 2, 1);

        await Task.WhenAll(waits).WithinPatience();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Follower_ThatIsCutAndResumes_MissesAndRepeatsNothing(int seed)
    {
        const int Count = 3000;
        var random = new Random(seed);
        await AppendAsync(Sample.Stream, 1, 1);
        var appending = AppendInPiecesAsync(Sample.Stream, 2, Count - 1, new Random(seed * 1000));
        var (seen, position) = (new List<LogEntry>(), StartPosition.Oldest);
        while (seen.Count < Count)
        {
            using var follower = await _log.Streams.FollowAsync(Sample.Stream, position);
            var target = Math.Min(Count, seen.Count + random.Next(1, 200));
            seen.AddRange(await follower.ReadToAsync(target, bufferEntries: random.Next(1, 40)));
            Assert.True(StartPosition.TryParse(follower.Position.ToString(), Sample.Stream, out position));
        }

        await appending;
        Sample.AssertCounts(seen, Count);
    }

    [Fact]
    public async Task Follower_OfNow_BeginsWithTheNextEvent()
    {
        await AppendAsync(Sample.Stream, 1, 3);
        using var follower = await _log.Streams.FollowAsync(Sample.Stream);
        Assert.Equal((3, 3, true), (follower.Number, follower.End, follower.IsCaughtUp));
        await AppendAsync(Sample.Stream, 4, 1);

        Assert.Equal(4, Assert.Single(await follower.ReadToAsync(4)).Number);
    }

    [Fact]
    public async Task WhatGathers_WhileAReaderIsBusy_IsReadAtOnce()
    {
        await AppendAsync(Sample.Stream, 1, 1);
        using var follower = await _log.Streams.FollowAsync(Sample.Stream);
        for (var value = 2; value <= 9; value++)
            await AppendAsync(Sample.Stream, value, 1);
        await follower.WaitAsync();

        var read = new LogEntry[32];
        Assert.Equal(8, await follower.ReadAsync(read, TestContext.Current.CancellationToken));
        Assert.Equal(9, read[7].Number);
    }

    [Fact]
    public async Task StreamThatNobodyMade_CannotBeFollowed_UntilItIsThere()
    {
        Assert.Null(await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Now, TestContext.Current.CancellationToken));
        await AppendAsync(Sample.Stream, 1, 1);

        Sample.AssertCounts(await ReadAllAsync(Sample.Stream, 1), 1);
    }

    [Fact]
    public async Task Wait_IsOverAtOnce_WhenThereIsSomethingAlready()
    {
        await AppendAsync(Sample.Stream, 1, 1);
        using var follower = await _log.Streams.FollowAsync(Sample.Stream);
        await AppendAsync(Sample.Stream, 2, 1);

        Assert.True(follower.WaitAsync().AsTask().IsCompleted);
    }

    [Fact]
    public async Task Nudge_CompletesTheWait_OrTheNextOne()
    {
        await AppendAsync(Sample.Stream, 1, 1);
        using var follower = await _log.Streams.FollowAsync(Sample.Stream);
        var waiting = follower.WaitAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        follower.Nudge();
        await waiting.WithinPatience();
        follower.Nudge();
        follower.Nudge();

        Assert.True(follower.WaitAsync().AsTask().IsCompleted);
        Assert.False(follower.WaitAsync().AsTask().IsCompleted);
    }

    [Fact]
    public async Task Dispose_CompletesTheWait_AndALaterOneSaysSo()
    {
        await AppendAsync(Sample.Stream, 1, 1);
        var follower = await _log.Streams.FollowAsync(Sample.Stream);
        var waiting = follower.WaitAsync().AsTask();
        follower.Dispose();
        follower.Dispose();
        await waiting.WithinPatience();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => follower.WaitAsync().AsTask());
    }

    [Fact]
    public async Task Wakes_FromEverywhere_LoseNoEventAndNoWaiter()
    {
        const int Count = 1000;
        await AppendAsync(Sample.Stream, 1, 1);
        var followers = new List<Follower>();
        for (var i = 0; i < 8; i++)
            followers.Add(await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest));
        using var ended = new CancellationTokenSource();
        // A thread of its own: on the pool the nudges would take the places of those whom they wake.
        var nudging = Task.Factory.StartNew(
            () => NudgeUntil(followers, ended.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var reading = followers.Select(follower => Task.Run(() => follower.ReadToAsync(Count), CancellationToken.None)).ToList();
        await AppendInPiecesAsync(Sample.Stream, 2, Count - 1, new Random(5));

        foreach (var read in reading)
            Sample.AssertCounts(await read.WithinPatience(), Count);
        await ended.CancelAsync();
        await nudging.WithinPatience();
        followers.ForEach(follower => follower.Dispose());
    }

    [Fact]
    public async Task Disposes_DuringAppends_EndEveryWait()
    {
        await AppendAsync(Sample.Stream, 1, 1);
        var appending = AppendInPiecesAsync(Sample.Stream, 2, 3000, new Random(7));
        for (var i = 0; i < 300; i++)
        {
            var follower = await _log.Streams.FollowAsync(Sample.Stream);
            var reading = Task.Run(() => ReadUntilDisposedAsync(follower), CancellationToken.None);
            follower.Dispose();
            await reading.WithinPatience();
        }

        await appending;
    }

    private static async Task ReadUntilDisposedAsync(Follower follower)
    {
        var buffer = new LogEntry[16];
        try
        {
            while (true)
            {
                while (await follower.ReadAsync(buffer, CancellationToken.None) > 0)
                    continue;
                await follower.WaitAsync();
            }
        }
        catch (ObjectDisposedException)
        {
            // It has left.
        }
    }

    private static void NudgeUntil(List<Follower> followers, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            foreach (var follower in followers)
                follower.Nudge();
            Thread.Yield();
        }
    }

    private async Task<List<LogEntry>> ReadAllAsync(StreamName stream, long last, int bufferEntries = 64)
    {
        await Task.Yield();
        using var follower = await _log.Streams.FollowAsync(stream, StartPosition.Oldest);
        return await follower.ReadToAsync(last, bufferEntries);
    }

    private Task<AppendReceipt> AppendAsync(StreamName stream, int first, int count) =>
        _log.Streams.AppendAsync(new Append(stream, Sample.Events(first, count))).WithinPatience();

    private Task<AppendReceipt[]> AppendManyAsync(StreamName stream, int first, int count) => Task.WhenAll(
        Enumerable.Range(first, count).Select(value => _log.Streams.AppendAsync(new Append(stream, Sample.Event(value)))))
        .WithinPatience();

    private async Task AppendInPiecesAsync(StreamName stream, int first, int count, Random random)
    {
        await Task.Yield();
        for (var end = first + count; first < end;)
        {
            var piece = Math.Min(end - first, random.Next(1, 30));
            await AppendAsync(stream, first, piece);
            first += piece;
        }
    }
}
