using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Postgres.Tests.Log;

public class OutageTests
{
    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task Log_GoesOn_WhenTheDatabaseWasAway(string mode)
    {
        await using var cluster = await PostgresCluster.StartAsync("fsync=on");
        var database = await cluster.CreateDatabaseAsync();
        await using var a = await RunningLog.StartAsync(streams => streams.UsePostgres(database));
        await using var b = await RunningLog.StartAsync(streams => streams.UsePostgres(database));
        await a.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(1)));
        using var follower = await b.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        await follower.ReadToAsync(1);
        var reading = follower.ReadToAsync(3);

        await cluster.StopServerAsync(mode);
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => a.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(9))).WithinPatience());
        await cluster.StartServerAsync("fsync=on");
        await AppendAsync(a, 2);
        await AppendAsync(b, 3);

        Assert.Equal([2, 3], (await reading.WithinPatience()).Select(entry => entry.Number));
        Sample.AssertCounts(await a.Store.ReadAllAsync(Sample.Stream), 3);
    }

    /// <summary>Appends as soon as the database takes it: what was refused was not stored.</summary>
    private static async Task AppendAsync(RunningLog log, int value)
    {
        while (true)
        {
            try
            {
                await log.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(value))).WithinPatience();
                return;
            }
            catch (StoreUnavailableException refused) when (!refused.MayBeStored)
            {
                await Task.Yield();
            }
        }
    }
}
