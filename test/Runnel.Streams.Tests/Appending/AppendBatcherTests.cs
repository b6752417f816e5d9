using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Appending;

public sealed class AppendBatcherTests : IAsyncLifetime
{
    private readonly HeldStore _store = new(new InMemoryStreamStore());
    private RunningLog _log = null!;

    public async ValueTask InitializeAsync() =>
        _log = await RunningLog.StartAsync(streams => streams.Services.AddSingleton<IStreamStore>(_store));

    public async ValueTask DisposeAsync()
    {
        _store.ReleaseCommits();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task Appends_ThatArriveDuringACommit_ShareTheNextOne()
    {
        _store.HoldCommits();
        var first = _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(1)));
        await _store.EnteredAsync();
        var others = Enumerable.Range(2, 500)
            .Select(value => _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(value)))).ToList();
        _store.ReleaseCommits();
        await Task.WhenAll([first, .. others]).WithinPatience();

        Assert.Equal(2, _store.CommitCount);
        Sample.AssertCounts(await _store.ReadAllAsync(Sample.Stream), 501);
    }

    [Fact]
    public async Task Append_OnAnIdleLog_HasACommitOfItsOwn()
    {
        for (var i = 1; i <= 5; i++)
            await _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(i))).WithinPatience();

        Assert.Equal(5, _store.CommitCount);
    }

    [Fact]
    public async Task Event_IsNotVisible_BeforeItIsDurable()
    {
        await _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(1))).WithinPatience();
        using var follower = await _log.Streams.FollowAsync(Sample.Stream);
        _store.HoldCommits();
        var append = _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(2)));
        await _store.EnteredAsync();

        var waiting = follower.WaitAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.False(append.IsCompleted);
        Assert.True(follower.IsCaughtUp);
        _store.ReleaseCommits();
        await append.WithinPatience();
        await waiting.WithinPatience();
        Assert.Equal(2, Assert.Single(await follower.ReadToAsync(2)).Number);
    }

    [Fact]
    public async Task FailedCommit_IsToldToAll_ShowsNothing_AndTheNextGoesOn()
    {
        await _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(1))).WithinPatience();
        using var follower = await _log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        _store.HoldCommits();
        var held = _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(2)));
        await _store.EnteredAsync();
        (_store.Failure, _store.FailsAt) = (new StoreUnavailableException("The disk is full."), 3);
        var failed = Enumerable.Range(8, 2)
            .Select(value => _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(value)))).ToList();
        _store.ReleaseCommits();

        await held.WithinPatience();
        foreach (var append in failed)
            await Assert.ThrowsAsync<StoreUnavailableException>(() => append.WithinPatience());
        await _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(3))).WithinPatience();
        Sample.AssertCounts(await follower.ReadToAsync(3), 3);
    }

    [Fact]
    public async Task Fault_OfAnyKind_FailsTheCommit_AndNotTheThread()
    {
        _store.Failure = new InvalidOperationException("A bug.");
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(9))).WithinPatience());

        Assert.IsType<InvalidOperationException>(failure.InnerException);
        await _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(1))).WithinPatience();
    }

    [Fact]
    public async Task Stop_CommitsWhatIsQueued_AndRefusesTheRest()
    {
        _store.HoldCommits();
        var appends = Enumerable.Range(1, 10)
            .Select(value => _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(value)))).ToList();
        await _store.EnteredAsync();
        var stopping = Task.Run(_log.StopAsync, TestContext.Current.CancellationToken);
        _store.ReleaseCommits();
        await stopping.WithinPatience();

        Assert.All(appends, append => Assert.True(append.IsCompletedSuccessfully));
        var late = _log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(11)));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => late.WithinPatience());
        Sample.AssertCounts(await _store.ReadAllAsync(Sample.Stream), 10);
    }

    [Fact]
    public async Task AppendToALogThatNeverStarted_IsRefusedWhenItEnds()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddRunnelStreams().UseInMemory();
        var provider = services.BuildServiceProvider();
        var append = provider.GetRequiredService<IEventStreams>().AppendAsync(new Append(Sample.Stream, Sample.Event(1)));
        await provider.DisposeAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => append.WithinPatience());
    }
}
