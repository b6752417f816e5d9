using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Postgres.Tests.Metrics;

public sealed class SharedLogMetricsTests(OneCluster one)
{
    [Fact]
    public async Task Store_ShowsItsCommitsItsLineAndItsJournal()
    {
        var database = await one.Cluster.CreateDatabaseAsync();
        await using var log = await StartAsync(database, "shown");
        using var measured = new Measured(log.Services.GetRequiredService<IMeterFactory>());
        await measured.UntilAsync(1, "runnel.streams.listening");
        await log.Streams.AppendAsync(Sample.Append(Sample.Stream, Sample.Events(1, 5))).WithinPatience();
        await log.Streams.AppendAsync(Sample.Append(Sample.Other, Sample.Events(1, 5))).WithinPatience();

        await measured.UntilAsync(2, "runnel.streams.segments.written");
        await measured.UntilAsync(2, "runnel.streams.news");
        Assert.True(measured.Now("runnel.streams.news.size") > 100);
        Assert.Equal(2, measured.Recorded("runnel.streams.commit.duration").Length);
        Assert.InRange(measured.Now("runnel.streams.compactions"), 1, 2);
        Assert.Equal(0, measured.Now("runnel.streams.commits.retried"));
        Assert.Equal(0, measured.Now("runnel.streams.fenced"));

        await using var opened = await OpenedStore.OpenAsync(database, "shown");
        await measured.UntilAsync(1, "runnel.streams.fenced");
        await opened.ScalarAsync(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity "
            + "where query ilike 'listen %' and datname = current_database()");
        await measured.UntilAsync(1, "runnel.streams.lines.lost");
        await measured.UntilAsync(1, "runnel.streams.listening");
    }

    [Fact]
    public async Task JournalThatIsNotCompacted_IsMeasured_AndItsFailureCounted()
    {
        var database = await one.Cluster.CreateDatabaseAsync();
        await using var log = await StartAsync(database, "stuck");
        using var measured = new Measured(log.Services.GetRequiredService<IMeterFactory>());
        await using var opened = await OpenedStore.OpenAsync(database);
        opened.Execute("alter table segments rename to away");
        await log.Streams.AppendAsync(Sample.Append(Sample.Stream, Sample.Events(1, 5))).WithinPatience();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (measured.Now("runnel.streams.compactions.failed") < 1)
            await Task.Delay(5, deadline.Token); // polls: nobody tells that a count has changed
        await measured.UntilAsync(1, "runnel.streams.journal.rows");

        Assert.True(measured.Now("runnel.streams.journal.size") > 50);
        Assert.Equal(0, measured.Now("runnel.streams.segments.written"));
        opened.Execute("alter table away rename to segments");
        await measured.UntilAsync(0, "runnel.streams.journal.size");
    }

    [Fact]
    public async Task ListenerThatHearsNothing_IsShown_AndItsConnectionIsTheOneItWasGiven()
    {
        var (database, elsewhere) = (await one.Cluster.CreateDatabaseAsync(), await one.Cluster.CreateDatabaseAsync());
        await using var there = await OpenedStore.OpenAsync(elsewhere);
        await using var log = await RunningLog.StartAsync(
            streams => streams.UsePostgres(database, options => options.ListenerConnectionString = elsewhere));
        using var measured = new Measured(log.Services.GetRequiredService<IMeterFactory>());

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        const string Listeners =
            "select count(*) from pg_stat_activity where query ilike 'listen %' and datname = current_database()";
        while (await there.ScalarAsync(Listeners) < 2)
            await Task.Delay(5, deadline.Token); // polls: nobody tells that a connection is made

        Assert.Equal(0, measured.Now("runnel.streams.listening"));
    }

    private static Task<RunningLog> StartAsync(string database, string node) =>
        RunningLog.StartAsync(streams => streams.UsePostgres(database, options =>
        {
            options.NodeName = node;
            options.CompactionPeriod = TimeSpan.FromMilliseconds(20);
        }));
}
