using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests.Log;

public sealed class CrashTests : IAsyncLifetime
{
    private readonly DataDirectory _directory = new();
    private OpenedStore _opened = null!;

    public async ValueTask InitializeAsync() => _opened = await OpenedStore.OpenAsync(_directory.Database);

    public async ValueTask DisposeAsync()
    {
        await _opened.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task EverythingAcknowledged_IsThereOnce_AfterACrash()
    {
        for (var first = 1; first <= 200; first += 10)
        {
            await _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(first, 10)) { Owner = Sample.Owner });
            if (first == 101)
                await _opened.CompactAsync();
        }

        await AssertAfterCrashAsync(200);
    }

    [Fact]
    public async Task JournalThatWasNotDeleted_RepeatsNothing_AfterACrash()
    {
        await _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(1, 100)) { Owner = Sample.Owner });
        _opened.Execute("create trigger halt before delete on journal begin select raise(abort, 'crash'); end");
        await _opened.CompactUntilAsync("select sum(last = 100) = 2 from streams");

        await AssertAfterCrashAsync(100);
    }

    [Fact]
    public async Task CompactionThatStoppedBetweenSlices_RepeatsNothing_AfterACrash()
    {
        const int Count = 15_000;
        for (var first = 1; first <= Count; first += 1000)
            await _opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(first, 1000)) { Owner = Sample.Owner });
        _opened.Execute("""
            create trigger halt before insert on segments when (select count(*) from segments) > 2
            begin select raise(abort, 'crash'); end
            """);
        await _opened.CompactUntilAsync("select count(*) > 2 from segments");

        Assert.InRange(_opened.Scalar("select sum(last) from streams"), 1, (2 * Count) - 1);
        await AssertAfterCrashAsync(Count);
    }

    [Fact]
    public async Task Compaction_UnderLoad_LosesAndRepeatsNothing()
    {
        var compacting = CompactManyTimesAsync();
        var rounds = 0;
        for (; !compacting.IsCompleted; rounds++)
        {
            await _opened.Store.CommitAsync(
                new Append(Sample.Stream, Sample.Events((rounds * 20) + 1, 20)) { Owner = Sample.Owner },
                new Append(Sample.Other, Sample.Events(rounds + 1, 1)));
            if (rounds % 50 == 49)
                Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Owner), (rounds + 1) * 20);
        }

        await compacting;
        await AssertAfterCrashAsync(rounds * 20);
        await _opened.DisposeAsync();
        _opened = await OpenedStore.OpenAsync(_directory.Database);
        Sample.AssertCounts(await _opened.Store.ReadAllAsync(Sample.Other), rounds);
    }

    private async Task CompactManyTimesAsync()
    {
        await Task.Yield();
        for (var i = 0; i < 20; i++)
            await _opened.CompactUntilAsync($"select count(*) > {_opened.Scalar("select count(*) from segments")} from segments");
    }

    private async Task AssertAfterCrashAsync(int count)
    {
        using var copy = _directory.Copy();
        await using var opened = await OpenedStore.OpenAsync(copy.Database, database =>
        {
            using var connection = database.Connect();
            OpenedStore.Scalar(connection, "drop trigger if exists halt");
        });
        foreach (var stream in new[] { Sample.Stream, Sample.Owner })
            Sample.AssertCounts(await opened.Store.ReadAllAsync(stream), count);
        await opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(count + 1, 1)) { Owner = Sample.Owner });
        await opened.CompactAsync();
        foreach (var stream in new[] { Sample.Stream, Sample.Owner })
            Sample.AssertCounts(await opened.Store.ReadAllAsync(stream), count + 1);
    }
}
