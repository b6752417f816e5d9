using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Sqlite.Transfer;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests.Transfer;

public class CarriedSqliteLogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Log_IsTheSame_InAnotherFile_WhereverCompactionStood(bool settled)
    {
        using var here = new DataDirectory();
        using var there = new DataDirectory();
        await using var from = await OpenedStore.OpenAsync(here.Database);
        OpenedStore? to = null;

        await CarriedLog.CheckAsync(from.Store, settled, from.CompactAsync, async () =>
        {
            to = await CarryAsync(from, there.Database);
            return to.Store;
        });

        await to!.DisposeAsync();
    }

    [Fact]
    public async Task AHoleInAStream_IsNamed()
    {
        using var here = new DataDirectory();
        using var there = new DataDirectory();
        await using var from = await OpenedStore.OpenAsync(here.Database);
        await from.Store.CommitAsync(new Append(Sample.Stream, Sample.Events(1, 9)));
        await from.CompactAsync();
        from.Execute("update streams set last = 10");
        using var database = SqliteDatabase.Open(there.Database);

        Assert.Equal(Sample.Stream.Value, await CarryAsync(from.Database, database));
    }

    private static async Task<OpenedStore> CarryAsync(OpenedStore from, string path)
    {
        using (var database = SqliteDatabase.Open(path))
            Assert.Null(await CarryAsync(from.Database, database));
        return await OpenedStore.OpenAsync(path);
    }

    /// <summary>The stream that has a hole then, if any.</summary>
    private static async Task<string?> CarryAsync(SqliteDatabase from, SqliteDatabase to)
    {
        SqliteMigrations.OfLog.Apply(to);
        await using var reading = from.Connect();
        await using var writing = to.Connect();
        await using var read = reading.BeginTransaction(deferred: true);
        await using var write = writing.BeginTransaction(deferred: false);
        var (source, target) = (new SqliteLogSource(reading), new SqliteLogTarget(writing));
        await target.WriteStreamsAsync(source.ReadStreamsAsync(Token), Token);
        await target.WriteSegmentsAsync(source.ReadSegmentsAsync(Token), Token);
        // As whoever carries a whole database does: ids that were given are not given again.
        OpenedStore.Scalar(writing, "update sqlite_sequence set seq = 1000 where name = 'streams'");
        await write.CommitAsync(Token);
        return await target.FindHoleAsync(Token);
    }
}
