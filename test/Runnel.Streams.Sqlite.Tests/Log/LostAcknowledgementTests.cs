using Microsoft.Data.Sqlite;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests.Log;

public sealed class LostAcknowledgementTests : IAsyncLifetime
{
    private readonly DataDirectory _directory = new();
    private OpenedStore _opened = null!;
    private bool _lost;

    public async ValueTask InitializeAsync()
    {
        _opened = await OpenedStore.OpenAsync(_directory.Database);
        await _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(1, 2)) { Owner = Sample.Owner });
    }

    public async ValueTask DisposeAsync()
    {
        await _opened.DisposeAsync();
        _directory.Dispose();
    }

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
    public async Task BatchWithoutEvents_IsCommitted_ThoughItsAcknowledgementWasLost()
    {
        _opened.Execute("create table notes (text)");
        var note = new Participant("note", "insert into notes values ('x')", new Dictionary<string, object?>());
        LoseNext();
        var batch = await _opened.Store.CommitAsync(new Append(Sample.Other) { Participants = [note], EndsStream = true });

        Assert.Null(batch[0].Failure);
        Assert.Equal(1, _opened.Scalar("select count(*) from notes"));
        Assert.IsType<StreamEndedException>(
            (await _opened.Store.CommitAsync(new Append(Sample.Other, Sample.Event(1))))[0].Failure);
        await AssertGoesOnAsync(2);
    }

    [Fact]
    public async Task Deletion_IsCommitted_ThoughItsAcknowledgementWasLost()
    {
        LoseNext();
        await _opened.Store.CommitAsync(new Append(Sample.Other) { Deletes = [Sample.Stream] });

        Assert.Null(await _opened.Store.FindAsync(Sample.Stream, TestContext.Current.CancellationToken));
        Assert.All(await _opened.Store.ReadAllAsync(Sample.Owner), entry => Assert.Null(entry.Event));
    }

    [Fact]
    public async Task NothingElseIsWritten_WhileNobodyCanLook_AndNothingIsLostOrDoubledThen()
    {
        LoseNext(with: () => _opened.Scalar("alter table journal rename to away"));
        await FailAsync(Sample.Events(3, 2));
        await FailAsync(Sample.Events(9, 5));
        await _opened.TryCompactAsync();
        _opened.Scalar("alter table away rename to journal");
        // What nobody could see then is there now, compaction takes it along, and numbers go on behind it.
        await _opened.TryCompactAsync();
        await _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(5)) { Owner = Sample.Owner });

        await AssertGoesOnAsync(5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BatchThatIsGivenAgain_IsAskedFor_AndStoredOnce(bool compactsBefore)
    {
        LoseNext(with: () => _opened.Scalar("alter table journal rename to away"));
        PendingAppend[] batch = [new(new Append(Sample.Stream, Sample.Events(3, 2)) { Owner = Sample.Owner })];
        for (var i = 0; i < 3; i++)
            Assert.True((await FailAsync(batch)).MayBeStored);
        Assert.False((await FailAsync(Sample.Events(9, 5))).MayBeStored);
        _opened.Scalar("alter table away rename to journal");
        if (compactsBefore)
            await _opened.TryCompactAsync();
        await _opened.Store.CommitAsync(batch, TestContext.Current.CancellationToken);

        Assert.Equal(4, batch[0].Receipt.Last.Number);
        await AssertGoesOnAsync(4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BatchThatIsGivenAgain_FailsForGood_WhenItIsNotThere(bool compactsBefore)
    {
        // The row goes while nobody looks, as if the commit had never come about.
        LoseNext(with: () =>
        {
            _opened.Scalar("delete from journal where id = (select max(id) from journal)");
            _opened.Scalar("alter table journal rename to away");
        });
        PendingAppend[] batch = [new(new Append(Sample.Stream, Sample.Events(9, 2)) { Owner = Sample.Owner })];
        Assert.True((await FailAsync(batch)).MayBeStored);
        _opened.Scalar("alter table away rename to journal");
        if (compactsBefore)
            await _opened.TryCompactAsync();

        Assert.False((await FailAsync(batch)).MayBeStored);
        await AssertGoesOnAsync(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Compaction_WhoseAcknowledgementWasLost_IsDoneAgain(int after)
    {
        LoseNext(after);
        await _opened.TryCompactAsync();
        Assert.True(_lost);
        await _opened.TryCompactAsync();

        Assert.Equal(0, _opened.Scalar("select count(*) from journal"));
        await AssertGoesOnAsync(2);
    }

    [Fact]
    public async Task Compaction_WhoseAcknowledgementWasLost_RepeatsAndLosesNothing_ThoughMoreComesBetween()
    {
        for (var lost = 0; lost < 3; lost++)
        {
            LoseNext(after: lost);
            await _opened.TryCompactAsync();
            Assert.True(_lost);
            var next = 3 + lost;
            await _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(next)) { Owner = Sample.Owner });
            Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Stream), next);
        }

        await _opened.CompactAsync();
        await AssertGoesOnAsync(5);
    }

    private void LoseNext(int after = 0, Action? with = null)
    {
        _lost = false;
        _opened.AfterCommit = () =>
        {
            if (after-- > 0)
                return;
            (_opened.AfterCommit, _lost) = (null, true);
            with?.Invoke();
            throw new SqliteException("The acknowledgement is lost.", 10);
        };
    }

    private Task<StoreUnavailableException> FailAsync(PendingAppend[] batch) => Assert.ThrowsAsync<StoreUnavailableException>(
        async () => await _opened.Store.CommitAsync(batch, TestContext.Current.CancellationToken));

    private Task<StoreUnavailableException> FailAsync(Events.NewEvent[] events) => Assert.ThrowsAsync<StoreUnavailableException>(
        () => _opened.Store.CommitAsync(new Append(Sample.Stream, events) { Owner = Sample.Owner }));

    private async Task AssertGoesOnAsync(int count)
    {
        Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Stream), count);
        await _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(count + 1)) { Owner = Sample.Owner });
        using var copy = _directory.Copy();
        await using var restarted = await OpenedStore.OpenAsync(copy.Database);
        foreach (var store in new[] { _opened.Store, restarted.Store })
        {
            Sample.AssertCounts(await store.ReadAllAsync(Sample.Stream), count + 1);
            Sample.AssertCounts(await store.ReadAllAsync(Sample.Owner), count + 1);
        }
    }
}
