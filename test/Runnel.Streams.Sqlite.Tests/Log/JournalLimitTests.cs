using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests.Log;

public sealed class JournalLimitTests
{
    private const long Limit = 100_000;
    private const string JournalBytes = "select coalesce(sum(length(batch)), 0) from journal";

    [Fact]
    public async Task Journal_StaysBounded_ThoughCompactionNeverHasItsTurn()
    {
        using var directory = new DataDirectory();
        await using var opened = await OpenedStore.OpenAsync(directory.Database, journalLimit: Limit);
        var (count, most) = (0, 0L);
        for (var round = 0; round < 200; round++, count += 100)
        {
            await opened.Store.CommitAsync(
                new Append(Sample.Stream, Sample.Events(count + 1, 100)) { Owner = Sample.Owner });
            most = Math.Max(most, opened.Scalar(JournalBytes));
        }

        Assert.InRange(most, Limit, (2 * Limit) + 10_000);
        Assert.True(opened.Scalar("select count(*) from segments") > 0);
        Sample.AssertCounts(await opened.Store.ReadAllAsync(Sample.Stream), count);
        Sample.AssertCounts(await opened.Store.ReadAllAsync(Sample.Owner), count);
    }

    [Fact]
    public async Task CompactionThatFails_FailsCommitsOverTheLimit_AndTheyGoOnWithIt()
    {
        using var directory = new DataDirectory();
        await using var opened = await OpenedStore.OpenAsync(directory.Database, journalLimit: 1000);
        opened.Execute("create trigger halt before insert on segments begin select raise(abort, 'full'); end");
        await opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(1, 200)));
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(
                () => opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(9))));
        }

        opened.Execute("drop trigger halt");
        await opened.Store.CommitAsync(new Append(Sample.Stream, Sample.Event(201)));
        Sample.AssertCounts(await opened.Store.ReadAllAsync(Sample.Stream), 201);
    }
}
