using System.Net.Sockets;
using Npgsql;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Postgres.Tests.Log;

public sealed class LostAcknowledgementTests(OneCluster one) : IAsyncLifetime
{
    private OpenedStore _opened = null!;

    public async ValueTask InitializeAsync()
    {
        _opened = await OpenedStore.OpenAsync(await one.Cluster.CreateDatabaseAsync());
        await _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(1, 2)) { Owner = Sample.Owner });
    }

    public ValueTask DisposeAsync() => _opened.DisposeAsync();

    [Fact]
    public async Task BatchThatIsStored_IsCommitted_ThoughItsAcknowledgementWasLost()
    {
        LoseNext();
        var batch = await _opened.Store.CommitAsync(
            new Append(Sample.Stream, Sample.Events(3, 2)) { Owner = Sample.Owner },
            new Append(Sample.Other, Sample.Event(9)) { Participants = [Sample.Refused] });

        Assert.Null(batch[0].Failure);
        Assert.Equal((2, 4), (batch[0].Receipt.Before.Number, batch[0].Receipt.Last.Number));
        Assert.IsType<ParticipantRefusedException>(batch[1].Failure);
        await AssertGoesOnAsync(4);
    }

    [Fact]
    public async Task BatchThatIsGivenAgain_IsAskedFor_AndStoredOnce()
    {
        LoseNext(with: () => _opened.Execute("alter table writers rename to away"));
        PendingAppend[] batch = [new(new Append(Sample.Stream, Sample.Events(3, 2)) { Owner = Sample.Owner })];
        for (var i = 0; i < 3; i++)
            Assert.True((await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(batch))).MayBeStored);
        Assert.False((await Assert.ThrowsAsync<StoreUnavailableException>(
            () => _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(9, 5))))).MayBeStored);
        _opened.Execute("alter table away rename to writers");
        await _opened.CompactAsync();
        await CommitAsync(batch);

        Assert.Equal(4, batch[0].Receipt.Last.Number);
        await AssertGoesOnAsync(4);
    }

    [Fact]
    public async Task CommitThatTheServerCutShort_IsNotThere_AndIsSaidNotToBe()
    {
        _opened.Execute(
            "create function die() returns trigger language plpgsql as $$ begin perform pg_terminate_backend(pg_backend_pid()); "
            + "return new; end $$; create trigger die before insert on journal for each row execute function die()");
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(9))));
        _opened.Execute("drop trigger die on journal");

        Assert.False(failure.MayBeStored);
        await AssertGoesOnAsync(2);
    }

    private void LoseNext(Action? with = null) => _opened.AfterCommit = () =>
    {
        _opened.AfterCommit = null;
        with?.Invoke();
        throw new NpgsqlException("The connection is gone.", new SocketException());
    };

    private async Task CommitAsync(PendingAppend[] batch) =>
        await _opened.Store.CommitAsync(batch, TestContext.Current.CancellationToken);

    private async Task AssertGoesOnAsync(int count)
    {
        await _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(count + 1)) { Owner = Sample.Owner });
        Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Stream), count + 1);
        Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Owner), count + 1);
    }
}
