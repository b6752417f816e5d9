using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;
using Runnel.Streams.Views;

namespace Runnel.Streams.Tests.Live;

public sealed class LiveStreamsTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly CountingViews _views = new();
    private readonly HeldStore _store = new(new InMemoryStreamStore());
    private RunningLog _log = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _log = await RunningLog.StartAsync(streams => streams.Services
        .AddSingleton<TimeProvider>(_time).AddSingleton<IStreamViews>(_views).AddSingleton<IStreamStore>(_store));

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task Stream_ThatNobodyFollows_IsDropped_AndComesBackWhole()
    {
        await AppendAsync(1, 3);
        (await _log.Streams.FollowAsync(Sample.Stream)).Dispose();
        Assert.Equal(1, _views.Made);
        _time.Advance(TimeSpan.FromSeconds(90));
        await AppendAsync(4, 3);

        using var follower = await _log.Streams.FollowAsync(Sample.Stream);
        Assert.Equal(2, _views.Made);
        Assert.Equal(CountingViews.Expect(1, 6), System.Text.Encoding.UTF8.GetString(follower.TakeState().Span));
    }

    [Fact]
    public async Task Stream_ThatIsFollowed_StaysHoweverLongItIsSilent()
    {
        await AppendAsync(1, 3);
        using var follower = await _log.Streams.FollowAsync(Sample.Stream);
        _time.Advance(TimeSpan.FromHours(1));
        using var second = await _log.Streams.FollowAsync(Sample.Stream);

        Assert.Equal(1, _views.Made);
        await AppendAsync(4, 1);
        Assert.Single(await follower.ReadToAsync(4));
    }

    [Fact]
    public async Task Streams_ThatAreDroppedAllTheTime_LoseNothing()
    {
        await AppendAsync(1, 1);
        var appending = Task.Run(() => AppendOneByOneAsync(2, 1500), Token);
        var seen = new List<LogEntry>();
        var position = StartPosition.Oldest;
        while (seen.Count < 1501)
        {
            using (var follower = await _log.Streams.FollowAsync(Sample.Stream, position))
            {
                seen.AddRange(await follower.ReadToAsync(Math.Min(1501, seen.Count + 10)));
                position = StartPosition.AfterCursor(follower.Position);
            }

            _time.Advance(TimeSpan.FromSeconds(90));
        }

        await appending;
        Sample.AssertCounts(seen, 1501);
    }

    [Fact]
    public async Task AppendThatIsDone_IsSeenBy_WhoAsksAfterIt()
    {
        _store.HoldFinds();
        var early = _log.Streams.FollowAsync(Sample.Stream, StartPosition.Now, Token).AsTask();
        await _store.EnteredAsync();
        await AppendAsync(1, 1);
        var late = _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest, Token).AsTask();
        _store.ReleaseFinds();

        Assert.Null(await early.WithinPatience());
        using var follower = await late.WithinPatience();
        Assert.NotNull(follower);
        Sample.AssertCounts(await follower.ReadToAsync(1), 1);
    }

    [Fact]
    public async Task AppendDuringTheOpening_IsReadOnce()
    {
        await AppendAsync(1, 2);
        _store.HoldFinds();
        var opening = _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest, Token).AsTask();
        await _store.EnteredAsync();
        await AppendAsync(3, 2);
        _store.ReleaseFinds();

        using var follower = await opening.WithinPatience();
        Assert.NotNull(follower);
        await AppendAsync(5, 1);
        Sample.AssertCounts(await follower.ReadToAsync(5), 5);
    }

    [Fact]
    public async Task Cursor_IsHonoured_OrTheReasonGiven()
    {
        await AppendAsync(1, 10);
        using var now = await _log.Streams.FollowAsync(Sample.Stream);
        var cursor = now.Position;

        await AssertStartAsync(cursor with { Number = 0 }, 0, ResyncReason.None);
        await AssertStartAsync(cursor with { Number = 10 }, 10, ResyncReason.None);
        await AssertStartAsync(cursor with { Number = 11 }, 10, ResyncReason.Ahead);
        await AssertStartAsync(cursor with { Number = long.MaxValue }, 10, ResyncReason.Ahead);
        await AssertStartAsync(cursor with { Generation = cursor.Generation + 1 }, 10, ResyncReason.Recreated);
    }

    [Fact]
    public async Task CursorBeforeWhatIsRetained_Resyncs_AndTheOldestIsExact()
    {
        await AppendAsync(1, 10);
        var head = (await _store.FindAsync(Sample.Stream, Token))!.Value;
        _store.Head = head with { First = 6 };
        var cursor = new Cursor(Cursor.MarkOf(Sample.Stream), head.Generation, 4);

        await AssertStartAsync(cursor, 10, ResyncReason.Retention);
        await AssertStartAsync(cursor with { Number = 5 }, 5, ResyncReason.None);
        using var oldest = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        Assert.Equal(6, (await oldest.ReadToAsync(10))[0].Number);
    }

    [Fact]
    public async Task Follower_IsCut_WhereTheStoreHasNoMoreWhatComesNext()
    {
        await AppendAsync(1, 10);
        using var follower = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        _store.Head = new StreamHead(follower.Position.Generation, 11, 10);

        Assert.Equal(0, await follower.ReadAsync(new LogEntry[8], Token));
        Assert.True(follower.IsCut);
        _store.Head = null;
        Assert.Equal((0, 0L), (await follower.ReadAsync(new LogEntry[8], Token), follower.Number));
    }

    private async Task AssertStartAsync(Cursor cursor, long number, ResyncReason reason)
    {
        using var follower = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.AfterCursor(cursor));
        Assert.Equal((number, reason), (follower.Number, follower.Resync));
    }

    private Task<AppendReceipt> AppendAsync(int first, int count) =>
        _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Events(first, count))).WithinPatience();

    private async Task AppendOneByOneAsync(int first, int count)
    {
        for (var value = first; value < first + count; value++)
            await AppendAsync(value, 1);
    }
}
