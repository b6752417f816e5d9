using System.Data;
using Npgsql;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Postgres.Transfer;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Postgres.Tests.Transfer;

public class CarriedPostgresLogTests(OneCluster one)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Log_IsTheSame_InAnotherDatabase_WhereverCompactionStood(bool settled)
    {
        var (here, there) = (await one.Cluster.CreateDatabaseAsync(), await one.Cluster.CreateDatabaseAsync());
        await using var from = await OpenedStore.OpenAsync(here);
        OpenedStore? to = null;

        await CarriedLog.CheckAsync(from.Store, settled, from.CompactAsync, async () =>
        {
            await CarryAsync(here, there);
            to = await OpenedStore.OpenAsync(there);
            return to.Store;
        });

        await to!.DisposeAsync();
    }

    private static async Task CarryAsync(string from, string to)
    {
        await using var database = new PostgresDatabase(to, new PostgresOptions());
        await PostgresMigrations.OfLog.ApplyAsync(database, Token);
        await using var reading = new NpgsqlConnection(from);
        await using var writing = new NpgsqlConnection(to);
        await reading.OpenAsync(Token);
        await writing.OpenAsync(Token);
        await using var read = await reading.BeginTransactionAsync(IsolationLevel.RepeatableRead, Token);
        await using var write = await writing.BeginTransactionAsync(Token);
        var (source, target) = (new PostgresLogSource(reading), new PostgresLogTarget(writing));
        await target.WriteStreamsAsync(source.ReadStreamsAsync(Token), Token);
        await target.WriteSegmentsAsync(source.ReadSegmentsAsync(Token), Token);
        // As whoever carries a whole database does: ids that were given are not given again.
        await using var counter = new NpgsqlCommand("alter table streams alter column id restart with 1001", writing);
        await counter.ExecuteNonQueryAsync(Token);
        Assert.Null(await target.FindHoleAsync(Token));
        await write.CommitAsync(Token);
    }
}
