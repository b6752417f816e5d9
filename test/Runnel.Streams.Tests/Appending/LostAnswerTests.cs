using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Appending;

/// <summary>The store has committed, or not, and cannot say which.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private readonly HeldStore _store = new(new InMemoryStreamStore());
    private RunningLog _log = null!;

    public async ValueTask InitializeAsync()
    {
        _log = await RunningLog.StartAsync(streams => streams.Services.AddSingleton<IStreamStore>(_store));
        await _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(1))).WithinPatience();
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task Appender_IsToldOnlyWhenItIsKnown_AndTheFollowersGetIt()
    {
        using var follower = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        _store.LosesAnswers = true;
        var append = _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(2)));
        await _store.AskedAgainAsync(times: 3);
        var next = _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(3)));
        Assert.False(append.IsCompleted);
        _store.LosesAnswers = false;

        Assert.Equal(2, (await append.WithinPatience()).Last.Number);
        Assert.Equal(3, (await next.WithinPatience()).Last.Number);
        Sample.AssertCounts(await follower.ReadToAsync(3), 3);
        Sample.AssertCounts(await _store.ReadAllAsync(Sample.Stream), 3);
    }

    [Fact]
    public async Task Stop_WhileItIsNotKnown_SaysThatItMayBeStored_AndThatWhatWasQueuedIsNot()
    {
        _store.LosesAnswers = true;
        var append = _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(2)));
        await _store.AskedAgainAsync(times: 1);
        await _log.StopAsync().WithinPatience();

        Assert.True((await Assert.ThrowsAsync<StoreUnavailableException>(() => append.WithinPatience())).MayBeStored);
        var late = _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(3)));
        Assert.False((await Assert.ThrowsAsync<StoreUnavailableException>(() => late.WithinPatience())).MayBeStored);
    }

    [Fact]
    public async Task Crowd_IsCommittedInSeveralBatches_InOrder()
    {
        _store.HoldCommits();
        var first = _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(2)));
        await _store.EnteredAsync();
        var large = new string('x', 1024 * 1024);
        var crowd = Enumerable.Range(3, 40).Select(value => _log.Streams.AppendAsync(
            new Append(Sample.Stream, Sample.Delta(Sample.Bytes($$"""{"value":{{value}}}"""), large)))).ToList();
        _store.ReleaseCommits();
        await Task.WhenAll([first, .. crowd]).WithinPatience();

        Assert.Equal(Enumerable.Range(3, 40).Select(number => (long)number), crowd.Select(append => append.Result.Last.Number));
        // The first of the test, the one that was held, and 8 MB at a time.
        Assert.Equal(2 + 5, _store.CommitCount);
    }
}
