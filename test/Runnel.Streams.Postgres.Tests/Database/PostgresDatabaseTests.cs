using Npgsql;
using Runnel.Streams.Live;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Postgres.Tests.Database;

public sealed class PostgresDatabaseTests(OneCluster one)
{
    [Theory]
    [InlineData("Host=db;Database=runnel", 20)]
    [InlineData("Host=db;Database=runnel;Maximum Pool Size=7", 7)]
    [InlineData("Host=db;Database=runnel;MaxPoolSize=150", 150)]
    public async Task Pool_LeavesConnectionsForOtherProcesses_UnlessItIsToldHowManyToTake(string text, int expected)
    {
        await using var database = new PostgresDatabase(text, new PostgresOptions());

        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize);
    }

    [Fact]
    public async Task Log_UsesTheHostThatTakesWrites_OfSeveral()
    {
        var text = new NpgsqlConnectionStringBuilder(await one.Cluster.CreateDatabaseAsync());
        text.Host = $"127.0.0.1:1,127.0.0.1:{one.Cluster.Port}";
        await using var log = await RunningLog.StartAsync(
            streams => streams.UsePostgres(text + ";Target Session Attributes=primary"));
        await log.Streams.AppendAsync(Sample.Append(Sample.Stream, Sample.Event(1))).WithinPatience();
        using var follower = await log.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);

        Assert.Equal([1], (await follower.ReadToAsync(1).WithinPatience()).Select(entry => entry.Number));
    }
}
