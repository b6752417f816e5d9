using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Metrics;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Metrics;

public sealed class StreamsMetricsTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly HeldStore _store = new(new InMemoryStreamStore());
    private RunningLog _log = null!;
    private Measured _measured = null!;

    public async ValueTask InitializeAsync()
    {
        _log = await RunningLog.StartAsync(streams => streams.Services
            .AddSingleton<TimeProvider>(_time).AddSingleton<IStreamStore>(_store));
        _measured = new Measured(_log.Services.GetRequiredService<IMeterFactory>());
    }

    public async ValueTask DisposeAsync()
    {
        _measured.Dispose();
        await _log.DisposeAsync();
    }

    [Fact]
    public void Counts_BeginAtZero_EveryOutcomeToo()
    {
        Assert.Equal(0, _measured.Now("runnel.streams.events.appended"));
        Assert.Equal(0, _measured.Now("runnel.streams.commits.failed"));
        Assert.Equal(0, _measured.Now("runnel.streams.follows", "recreated"));
    }

    [Fact]
    public async Task Append_IsCounted_WithItsEventsAndItsTime()
    {
        await AppendAsync(1, 3);
        _store.HoldCommits();
        var append = AppendAsync(4, 2);
        await _store.EnteredAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        _store.ReleaseCommits();
        await append;

        Assert.Equal(5, _measured.Now("runnel.streams.events.appended"));
        Assert.Equal(2, _measured.Now("runnel.streams.commits"));
        Assert.Equal([3, 2], _measured.Recorded("runnel.streams.commit.events"));
        Assert.Equal([0, 2], _measured.Recorded("runnel.streams.append.duration"));
    }

    [Fact]
    public async Task FailedCommit_IsCounted_AndNothingOfIt()
    {
        _store.Failure = new StoreUnavailableException("The disk is full.");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => AppendAsync(1, 3));

        Assert.Equal(1, _measured.Now("runnel.streams.commits.failed"));
        Assert.Equal(0, _measured.Now("runnel.streams.commits"));
        Assert.Equal(0, _measured.Now("runnel.streams.events.appended"));
        Assert.Empty(_measured.Recorded("runnel.streams.append.duration"));
    }

    [Fact]
    public async Task RefusedAppend_IsNotCounted_WhereItsNeighboursAre()
    {
        var refused = _log.Streams.AppendAsync(
            new Append(Sample.Stream, Sample.Events(1, 4)) { Participants = [Sample.Refused] });
        await Assert.ThrowsAsync<NotSupportedException>(() => refused.WithinPatience());
        await AppendAsync(1, 1);

        Assert.Equal(1, _measured.Now("runnel.streams.events.appended"));
        Assert.Single(_measured.Recorded("runnel.streams.append.duration"));
    }

    [Fact]
    public async Task Followers_AreCountedByHowTheyBegan()
    {
        await AppendAsync(1, 10);
        var head = (await _store.FindAsync(Sample.Stream, TestContext.Current.CancellationToken))!.Value;
        _store.Head = head with { First = 6 };
        var cursor = new Cursor(Cursor.MarkOf(Sample.Stream), head.Generation, 8);
        StartPosition[] starts =
        [
            StartPosition.Now, StartPosition.Oldest, StartPosition.AfterCursor(cursor),
            StartPosition.AfterCursor(cursor with { Number = 2 }), StartPosition.AfterCursor(cursor with { Number = 99 }),
            StartPosition.AfterCursor(cursor with { Generation = cursor.Generation + 1 }),
        ];
        foreach (var start in starts)
            (await _log.Streams.FollowAsync(Sample.Stream, start)).Dispose();

        foreach (var outcome in new[] { "now", "oldest", "resumed", "retention", "ahead", "recreated" })
            Assert.Equal(1, _measured.Now("runnel.streams.follows", outcome));
    }

    [Fact]
    public async Task Replay_IsRecordedOnce_WhenItIsDoneOrLeft()
    {
        await AppendAsync(1, 10);
        using (var whole = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest))
        {
            await whole.ReadToAsync(10);
            Assert.Equal([10], _measured.Recorded("runnel.streams.replay.entries"));
            await AppendAsync(11, 1);
            await whole.ReadToAsync(11);
        }

        using (var left = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest))
            await left.ReadToAsync(4, bufferEntries: 4);
        using (var now = await _log.Streams.FollowAsync(Sample.Stream))
            Assert.True(now.IsCaughtUp);

        Assert.Equal([10, 4], _measured.Recorded("runnel.streams.replay.entries"));
    }

    [Fact]
    public async Task StoreRead_IsCounted_OnlyWhereTheTailDoesNotReach()
    {
        await AppendAsync(1, 3);
        using var follower = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        await follower.ReadToAsync(3);
        Assert.Equal(1, _measured.Now("runnel.streams.store.reads"));
        await AppendAsync(4, 3);
        await follower.ReadToAsync(6);

        Assert.Equal(1, _measured.Now("runnel.streams.store.reads"));
    }

    [Fact]
    public async Task FollowersAndTheirStreams_AreCounted_WhileTheyFollow()
    {
        await AppendAsync(1, 1);
        await _log.Streams.AppendAsync(Sample.Append(Sample.Other, Sample.Event(1))).WithinPatience();
        using var first = await _log.Streams.FollowAsync(Sample.Stream);
        using var other = await _log.Streams.FollowAsync(Sample.Other);
        using (await _log.Streams.FollowAsync(Sample.Stream))
        {
            Assert.Equal(2, _measured.Now("runnel.streams.followed"));
            Assert.Equal(3, _measured.Now("runnel.streams.followers"));
        }

        other.Dispose();
        Assert.Equal(1, _measured.Now("runnel.streams.followed"));
        Assert.Equal(1, _measured.Now("runnel.streams.followers"));
    }

    [Fact]
    public void Recording_AllocatesNothing_WhileSomebodyListens()
    {
        using var metrics = new StreamsMetrics(TimeProvider.System);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, it) => it.EnableMeasurementEvents(instrument);
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => { });
        listener.SetMeasurementEventCallback<int>((_, _, _, _) => { });
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => { });
        listener.Start();
        RecordAll(metrics, 10_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        RecordAll(metrics, 10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void RecordAll(StreamsMetrics metrics, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var now = metrics.Now;
            metrics.Appended(now, metrics.Now);
            metrics.Committed(3);
            metrics.CommitFailed();
            metrics.Followed(FollowStart.Resumed);
            metrics.Replayed(12);
            metrics.ReadStore();
        }
    }

    private Task<AppendReceipt> AppendAsync(int first, int count) =>
        _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Events(first, count))).WithinPatience();
}
