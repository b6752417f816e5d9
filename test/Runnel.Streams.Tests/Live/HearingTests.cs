using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Live;

/// <summary>What other processes commit to a store that several share.</summary>
public sealed class HearingTests : IAsyncLifetime
{
    private readonly SharedTestStore _store = new();
    private readonly ManualTime _time = new();
    private RunningLog _log = null!;
    private Follower _follower = null!;

    public async ValueTask InitializeAsync()
    {
        _log = await RunningLog.StartAsync(streams =>
        {
            streams.Services.AddSingleton<IStreamStore>(_store);
            streams.Services.AddSingleton<TimeProvider>(_time);
        });
        await _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(1)));
        _follower = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
    }

    public async ValueTask DisposeAsync()
    {
        _follower.Dispose();
        await _log.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Follower_ReadsWhatAnotherProcessWrote_WhenItIsTold(bool withEvents)
    {
        await _follower.ReadToAsync(1);
        var reading = _follower.ReadToAsync(3);
        _store.Tell(await _store.CommitElsewhereAsync(new Append(Sample.Stream, Sample.Events(2, 2))), withEvents);

        Assert.Equal([2, 3], (await reading.WithinPatience()).Select(entry => entry.Number));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Follower_ReadsEachEventOnce_WhenNewsComeLate(bool ownFirst)
    {
        var early = await _store.CommitElsewhereAsync(new Append(Sample.Stream, Sample.Events(2, 2)));
        if (ownFirst)
        {
            await _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Events(4, 2)));
            _store.Tell(early);
        }
        else
        {
            _store.Tell(await _store.CommitElsewhereAsync(new Append(Sample.Stream, Sample.Events(4, 2))));
            _store.Tell(early);
        }

        Sample.AssertCounts(await _follower.ReadToAsync(5).WithinPatience(), 5);
        await _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Events(6, 1)));
        Assert.Equal(6, (await _follower.ReadToAsync(6).WithinPatience()).Single().Number);
    }

    [Fact]
    public async Task Follower_FindsWhatNobodyTold_WithinSeconds()
    {
        await _follower.ReadToAsync(1);
        var reading = _follower.ReadToAsync(2);
        await _store.CommitElsewhereAsync(new Append(Sample.Stream, Sample.Event(2)));
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));

        await reading.WithinPatience();
    }

    [Fact]
    public async Task Follower_FindsWhatNobodyTold_WhenTheLineWasCut()
    {
        var reading = _follower.ReadToAsync(2);
        await _store.CommitElsewhereAsync(new Append(Sample.Stream, Sample.Event(2)));
        _store.Heard!([]);

        await reading.WithinPatience();
    }

    [Fact]
    public async Task Follower_LearnsOfAnEndElsewhere()
    {
        await _follower.ReadToAsync(1);
        var waiting = _follower.WaitAsync().AsTask();
        _store.Tell(await _store.CommitElsewhereAsync(new Append(Sample.Stream) { EndsStream = true }));
        await waiting.WithinPatience();

        Assert.True(_follower.IsAtEnd);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Follower_IsCut_WhenTheStreamIsDeletedElsewhere(bool told)
    {
        await _follower.ReadToAsync(1);
        var waiting = _follower.WaitAsync().AsTask();
        await _store.CommitElsewhereAsync(new Append(Sample.Other) { Deletes = [Sample.Stream] });
        _store.Heard!(told ? [new StreamMove(Sample.Stream, default)] : []);
        await waiting.WithinPatience();

        Assert.True(_follower.IsCut);
    }

    [Fact]
    public async Task Follower_IsCut_WhenTheStreamIsAnotherNow()
    {
        await _follower.ReadToAsync(1);
        var waiting = _follower.WaitAsync().AsTask();
        await _store.CommitElsewhereAsync(new Append(Sample.Other) { Deletes = [Sample.Stream] });
        _store.Tell(await _store.CommitElsewhereAsync(new Append(Sample.Stream, Sample.Event(1))));
        await waiting.WithinPatience();

        Assert.True(_follower.IsCut);
    }
}
