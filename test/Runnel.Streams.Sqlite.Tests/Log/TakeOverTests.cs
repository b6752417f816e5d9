using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests.Log;

public sealed class TakeOverTests : IAsyncLifetime
{
    private readonly DataDirectory _directory = new();
    private OpenedStore _old = null!;
    private OpenedStore _new = null!;

    public async ValueTask InitializeAsync()
    {
        _old = await OpenedStore.OpenAsync(_directory.Database);
        await _old.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(1, 3)));
        _new = await OpenedStore.OpenBesideAsync(_directory.Database);
    }

    public async ValueTask DisposeAsync()
    {
        await _new.DisposeAsync();
        await _old.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task OlderProcess_CanAppendNothing_AndIsToldWhy()
    {
        await _new.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(4)));
        for (var i = 0; i < 3; i++)
        {
            var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => _old.Store.CommitAsync(
                new Append(Sample.Stream, Sample.Event(9)), new Append(Sample.Other) { Deletes = [Sample.Stream] }));
            Assert.Contains("taken over", refusal.Message, StringComparison.Ordinal);
        }

        await _new.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(5)));
        Sample.AssertCounts(await _new.Store.ReadAllAsync(Sample.Stream), 5);
        Assert.Null(await _new.Store.FindAsync(Sample.Other, TestContext.Current.CancellationToken));
        Assert.Equal(3, _new.Scalar("select count(*) from journal"));
    }

    [Fact]
    public async Task OlderProcess_CompactsNothing()
    {
        await _new.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(4)));
        await _old.TryCompactAsync();
        Assert.Equal(2, _new.Scalar("select count(*) from journal"));
        await _new.CompactAsync();

        Sample.AssertCounts(await _new.Store.ReadAllAsync(Sample.Stream), 4);
    }
}
