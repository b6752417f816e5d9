using System.Collections;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Postgres.Tests.Leases;

public class HeartbeatTests(OneCluster one)
{
    /// <summary>Only those are silent here whose clock stands still, so that a machine that is slow hits nobody else.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(0.6);

    [Fact]
    public async Task SilentProcess_CanWriteNothing_WhenItsLeaseHasExpired()
    {
        var database = await one.Cluster.CreateDatabaseAsync();
        await using var silent = await OpenedStore.OpenAsync(database);
        await silent.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(1)));
        var (left, told) = Told();
        await using var living = await OpenedStore.OpenAsync(
            database, lease: Lease, time: TimeProvider.System, prepare: store => store.OthersLeft = told);

        await UntilFencedAsync(living, silent.Store.Incarnation, left);

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => silent.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(2))));
        await living.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(2)));
        Sample.AssertCounts(await living.Store.ReadAllAsync(Sample.Stream), 2);
        Assert.False(living.Store.Fenced.IsCancellationRequested);
    }

    [Fact]
    public async Task Process_LearnsThatItWasFencedOff_WhenItWakes()
    {
        var database = await one.Cluster.CreateDatabaseAsync();
        var clock = new ManualTime();
        await using var frozen = await OpenedStore.OpenAsync(database, time: clock);
        var woken = new TaskCompletionSource();
        await using var registration = frozen.Store.Fenced.Register(woken.SetResult);
        var (left, told) = Told();
        await using var living = await OpenedStore.OpenAsync(
            database, lease: Lease, time: TimeProvider.System, prepare: store => store.OthersLeft = told);
        await UntilFencedAsync(living, frozen.Store.Incarnation, left);
        Assert.False(frozen.Store.Fenced.IsCancellationRequested);

        clock.Advance(TimeSpan.FromSeconds(10));

        await woken.Task.WithinPatience();
    }

    [Fact]
    public async Task ProcessThatStandsStillInACommit_IsFencedOff_AndHoldsNobodyUp()
    {
        var database = await one.Cluster.CreateDatabaseAsync();
        await using var stuck = await OpenedStore.OpenAsync(database, lease: Lease);
        await stuck.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(1)));
        using var frozen = new FrozenParameters();
        var commit = Task.Factory.StartNew(
            () => stuck.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(9))
            {
                Participants = [new Participant("stands still", "select 1", frozen, ExpectedRows: null)],
            }),
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap();
        await frozen.Reached.WithinPatience();
        var (left, told) = Told();
        await using var living = await OpenedStore.OpenAsync(
            database, lease: Lease, time: TimeProvider.System, prepare: store => store.OthersLeft = told);

        await UntilFencedAsync(living, stuck.Store.Incarnation, left);
        await living.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(2))).WithinPatience();
        frozen.GoOn();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => commit.WithinPatience());
        Sample.AssertCounts(await living.Store.ReadAllAsync(Sample.Stream), 2);
    }

    [Fact]
    public async Task ProcessOfAVersionWithoutBeats_IsFencedOff_WhenOneWithThemOpensTheLog()
    {
        var database = await one.Cluster.CreateDatabaseAsync();
        await using var old = await OpenedStore.OpenAsync(database);
        old.Execute("delete from beats");

        await using var next = await OpenedStore.OpenAsync(database);

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => old.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(1))));
        await next.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(1)));
    }

    [Fact]
    public async Task Others_AreTold_WhenAProcessLeaves()
    {
        var database = await one.Cluster.CreateDatabaseAsync();
        var leaving = await OpenedStore.OpenAsync(database, time: TimeProvider.System);
        var (left, told) = Told();
        await using var staying = await OpenedStore.OpenAsync(
            database, time: TimeProvider.System, prepare: store => store.OthersLeft = told);
        await left.WaitAsync(TestContext.Current.CancellationToken);

        await leaving.DisposeAsync();

        await left.WaitAsync(TestContext.Current.CancellationToken).WithinPatience();
        Assert.Equal(1, await staying.ScalarAsync("select count(*) from beats"));
        Assert.Equal(1, await staying.ScalarAsync("select count(*) from writers where fenced"));
    }

    [Fact]
    public async Task Signal_ComesToAllProcesses()
    {
        var database = await one.Cluster.CreateDatabaseAsync();
        var (here, there) = (new TaskCompletionSource<string>(), new TaskCompletionSource<string>());
        var listening = new TaskCompletionSource();
        await using var a = await OpenedStore.OpenAsync(
            database, time: TimeProvider.System, prepare: store => store.Signalled = text => here.TrySetResult(text));
        await using var b = await OpenedStore.OpenAsync(
            database,
            time: TimeProvider.System,
            prepare: store =>
            {
                store.Signalled = text => there.TrySetResult(text);
                store.Heard = _ => listening.TrySetResult();
            });
        await listening.Task.WithinPatience();

        await a.Store.SignalAsync("stop 1", TestContext.Current.CancellationToken);

        Assert.Equal("stop 1", await there.Task.WithinPatience());
        Assert.Equal("stop 1", await here.Task.WithinPatience());
    }

    /// <summary>Counts how often it was told that others have left.</summary>
    private static (SemaphoreSlim Left, Action Told) Told()
    {
        var left = new SemaphoreSlim(0);
        return (left, () => left.Release());
    }

    private static async Task UntilFencedAsync(OpenedStore living, long incarnation, SemaphoreSlim left)
    {
        do
            await left.WaitAsync(TestContext.Current.CancellationToken).WithinPatience();
        while (await living.ScalarAsync($"select count(*) from writers where incarnation = {incarnation} and fenced") == 0);
    }

    /// <summary>Parameters of a statement at which whoever sends it stands still, its transaction open.</summary>
    private sealed class FrozenParameters : IReadOnlyDictionary<string, object?>, IDisposable
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _goOn = new();

        public Task Reached => _reached.Task;

        public int Count => 0;

        public IEnumerable<string> Keys => [];

        public IEnumerable<object?> Values => [];

        public object? this[string key] => null;

        public void GoOn() => _goOn.Set();

        public bool ContainsKey(string key) => false;

        public bool TryGetValue(string key, out object? value)
        {
            value = null;
            return false;
        }

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            _reached.TrySetResult();
            _goOn.Wait();
            return Enumerable.Empty<KeyValuePair<string, object?>>().GetEnumerator();
        }

        public void Dispose() => _goOn.Dispose();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
