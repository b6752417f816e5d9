using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Live;

public sealed class StreamLifeTests : IAsyncLifetime
{
    private readonly LogEntry[] _buffer = new LogEntry[64];
    private readonly HeldStore _store = new(new InMemoryStreamStore());
    private RunningLog _log = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _log = await RunningLog.StartAsync(streams => streams.Services.AddSingleton<IStreamStore>(_store));

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task Follower_LearnsOfTheEnd_WhenItHasReadAll()
    {
        await AppendAsync(new Append(Sample.Stream, Sample.Event(1)));
        using var follower = await _log.Streams.FollowAsync(Sample.Stream);
        var waiting = follower.WaitAsync().AsTask();
        await AppendAsync(new Append(Sample.Stream, Sample.Event(2)) { EndsStream = true });
        await waiting.WithinPatience();

        Assert.False(follower.IsAtEnd);
        Assert.Equal(1, await follower.ReadAsync(_buffer, Token));
        Assert.Equal((true, false), (follower.IsAtEnd, follower.IsCut));
        Assert.True(follower.WaitAsync().AsTask().IsCompleted);
    }

    [Fact]
    public async Task EndWithoutEvents_WakesWhoWaits()
    {
        await AppendAsync(new Append(Sample.Stream, Sample.Event(1)));
        using var follower = await _log.Streams.FollowAsync(Sample.Stream);
        var waiting = follower.WaitAsync().AsTask();
        Assert.False(follower.IsAtEnd);
        await AppendAsync(new Append(Sample.Stream) { EndsStream = true });

        await waiting.WithinPatience();
        Assert.True(follower.IsAtEnd);
    }

    [Fact]
    public async Task Follower_OfAStreamThatEndedLongAgo_ReadsItAndIsAtItsEnd()
    {
        await AppendAsync(new Append(Sample.Stream, Sample.Events(1, 5)) { EndsStream = true });
        using var follower = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);

        Assert.False(follower.IsAtEnd);
        Sample.AssertCounts(await follower.ReadToAsync(5), 5);
        Assert.True(follower.IsAtEnd);
    }

    [Fact]
    public async Task StreamThatHasEnded_RefusesAppends()
    {
        await AppendAsync(new Append(Sample.Stream, Sample.Event(1)) { EndsStream = true });

        var refusal = await Assert.ThrowsAsync<StreamEndedException>(
            () => AppendAsync(new Append(Sample.Stream, Sample.Event(2))));
        Assert.Equal(Sample.Stream, refusal.Stream);
    }

    [Fact]
    public async Task Deletion_CutsWhoWaits_AndTheNextFindsNothing()
    {
        await AppendAsync(new Append(Sample.Stream, Sample.Events(1, 3)));
        using var waiter = await _log.Streams.FollowAsync(Sample.Stream);
        using var reader = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        var waiting = waiter.WaitAsync().AsTask();
        await AppendAsync(new Append(Sample.Other) { Deletes = [Sample.Stream] });
        await waiting.WithinPatience();

        foreach (var follower in new[] { waiter, reader })
        {
            Assert.Equal((true, false), (follower.IsCut, follower.IsAtEnd));
            Assert.Equal(0, await follower.ReadAsync(_buffer, Token));
            Assert.True(follower.WaitAsync().AsTask().IsCompleted);
        }

        Assert.Null(await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest, Token));
    }

    [Fact]
    public async Task Deletion_OfAStreamThatHasEnded_LetsItsFollowersReadTheEnd_AndNobodyElse()
    {
        await AppendAsync(new Append(Sample.Stream, Sample.Events(1, 3)));
        using var follower = await _log.Streams.FollowAsync(Sample.Stream);
        await AppendAsync(new Append(Sample.Stream, Sample.Event(4)) { EndsStream = true });
        await AppendAsync(new Append(Sample.Other) { Deletes = [Sample.Stream] });

        Assert.Equal((false, false), (follower.IsCut, follower.IsAtEnd));
        Assert.Null(await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest, Token));
        Assert.Equal(1, await follower.ReadAsync(_buffer, Token));
        Assert.Equal((4, true), (follower.Number, follower.IsAtEnd));
    }

    [Fact]
    public async Task StreamMadeAgain_IsAnother_ForFollowersAndCursors()
    {
        await AppendAsync(new Append(Sample.Stream, Sample.Events(11, 3)));
        using var old = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        await AppendAsync(new Append(Sample.Other) { Deletes = [Sample.Stream] });
        await AppendAsync(new Append(Sample.Stream, Sample.Events(1, 5)));
        Assert.Equal(0, await old.ReadAsync(_buffer, Token));
        Assert.True(old.IsCut);

        using var resumed = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.AfterCursor(old.Position));
        Assert.Equal((ResyncReason.Recreated, 5), (resumed.Resync, resumed.Number));
        using var oldest = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        Sample.AssertCounts(await oldest.ReadToAsync(5), 5);
    }

    [Fact]
    public async Task DeletedEvents_LeaveTheTailsOfOwners()
    {
        await AppendAsync(new Append(Sample.Owner, Sample.Event(1)));
        using var follower = await _log.Streams.FollowAsync(Sample.Owner, StartPosition.Oldest);
        await AppendAsync(new Append(Sample.Stream, Sample.Event(1)) { Owner = Sample.Owner });
        await AppendAsync(new Append(Sample.Other, Sample.Event(1)) { Owner = Sample.Owner });
        await AppendAsync(new Append(Sample.Owner, Sample.Event(4)) { Deletes = [Sample.Stream] });

        var places = (await follower.ReadToAsync(4)).Select(entry => (entry.Number, entry.Event?.Stream));
        Assert.Equal([(1, Sample.Owner), (2, null), (3, Sample.Other), (4, Sample.Owner)], places);
    }

    [Fact]
    public async Task Follower_ThatLagsBehindTheTrim_IsCut_AndToldWhenItComesBack()
    {
        await AppendAsync(new Append(Sample.Stream, Sample.Events(1, 10)));
        using var lagging = await FollowAfterAsync(3);
        using var exact = await FollowAfterAsync(6);
        await AppendAsync(new Append(Sample.Stream) { TrimTo = 6 });

        Assert.Equal(0, await lagging.ReadAsync(_buffer, Token));
        Assert.True(lagging.IsCut);
        Assert.False(exact.IsCut);
        Assert.Equal([7L, 8, 9, 10], (await exact.ReadToAsync(10)).Select(entry => entry.Number));
        using var resumed = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.AfterCursor(lagging.Position));
        Assert.Equal((ResyncReason.Retention, 10), (resumed.Resync, resumed.Number));
        using var oldest = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        Assert.Equal(7, (await oldest.ReadToAsync(10))[0].Number);
    }

    [Fact]
    public async Task Trim_DuringAReadOfTheStore_IsNotPassedOver()
    {
        await AppendAsync(new Append(Sample.Stream, Sample.Events(1, 10)));
        using var lagging = await FollowAfterAsync(3);
        var head = (await _store.FindAsync(Sample.Stream, Token))!.Value;
        // As if the trim were in the store already, and not yet published.
        _store.Head = head with { First = 7 };

        Assert.Equal(0, await lagging.ReadAsync(_buffer, Token));
        Assert.Equal((true, 3), (lagging.IsCut, lagging.Number));
    }

    [Fact]
    public async Task Follower_ThatIsCaughtUp_IsNotTouchedByTheTrim()
    {
        await AppendAsync(new Append(Sample.Stream, Sample.Events(1, 10)));
        using var follower = await _log.Streams.FollowAsync(Sample.Stream);
        await AppendAsync(new Append(Sample.Stream) { TrimTo = 10 });
        Assert.False(follower.IsCut);
        await AppendAsync(new Append(Sample.Stream, Sample.Event(11)));

        Assert.Equal(11, Assert.Single(await follower.ReadToAsync(11)).Number);
    }

    [Fact]
    public async Task Tails_GiveBackWhatTheyHeld_WhenTheirStreamsAreDeleted()
    {
        var budget = _log.Services.GetRequiredService<TailBudget>();
        await AppendAsync(new Append(Sample.Stream, Sample.Event(1)));
        using var follower = await _log.Streams.FollowAsync(Sample.Stream);
        await AppendAsync(new Append(Sample.Stream, Sample.Event(2)));
        Assert.True(budget.Used > 0);
        await AppendAsync(new Append(Sample.Other) { Deletes = [Sample.Stream] });

        Assert.Equal(0, budget.Used);
    }

    private async Task<Follower> FollowAfterAsync(long number)
    {
        var head = (await _store.FindAsync(Sample.Stream, Token))!.Value;
        return await _log.Streams.FollowAsync(
            Sample.Stream, StartPosition.AfterCursor(new Cursor(Cursor.MarkOf(Sample.Stream), head.Generation, number)));
    }

    private Task<AppendReceipt> AppendAsync(Append append) => _log.Streams.AppendAsync(append).WithinPatience();
}
