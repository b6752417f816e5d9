using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Postgres.Tests.News;

/// <summary>Several processes, here logs of one process, on one database.</summary>
public sealed class NodesTests(OneCluster one) : IAsyncLifetime
{
    private const int Appends = 150;

    private string _database = "";
    private RunningLog _a = null!;
    private RunningLog _b = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await one.Cluster.CreateDatabaseAsync();
        _a = await StartAsync("a");
        _b = await StartAsync("b");
        await _a.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(0)) { Owner = Sample.Owner });
    }

    public async ValueTask DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Fact]
    public async Task Followers_OfAllNodes_SeeTheSame_WhenAllNodesWriteToOneStream()
    {
        using var here = await _a.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        using var there = await _b.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        var reading = Task.WhenAll(here.ReadToAsync((2 * Appends) + 1), there.ReadToAsync((2 * Appends) + 1));
        await Task.WhenAll(WriteAsync(_a, 1), WriteAsync(_b, 1001)).WithinPatience();

        var seen = await reading.WithinPatience();
        AssertGapless(seen[0]);
        Assert.Equal(seen[0].Select(TextOf), seen[1].Select(TextOf));
        Assert.Equal((2 * Appends) + 1, seen[0].Select(TextOf).Distinct().Count());
    }

    [Fact]
    public async Task OwnerStream_HasEveryEventOnce_WhenNodesWriteToStreamsOfOneOwner()
    {
        using var here = await _a.Streams.FollowAsync(Sample.Owner, StartPosition.Oldest);
        using var there = await _b.Streams.FollowAsync(Sample.Owner, StartPosition.Oldest);
        var reading = Task.WhenAll(here.ReadToAsync((2 * Appends) + 1), there.ReadToAsync((2 * Appends) + 1));
        await Task.WhenAll(WriteAsync(_a, 1), WriteAsync(_b, 1001, Sample.Other)).WithinPatience();

        var seen = await reading.WithinPatience();
        AssertGapless(seen[0]);
        Assert.Equal(seen[0].Select(TextOf), seen[1].Select(TextOf));
    }

    [Fact]
    public async Task Follower_GoesOn_WhenTheLineToTheOthersIsCutAgainAndAgain()
    {
        using var there = await _b.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        var reading = there.ReadToAsync(Appends + 1);
        for (var value = 1; value <= Appends; value++)
        {
            if (value % 30 == 0)
                await CutLinesAsync();
            await _a.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(value)));
        }

        AssertGapless(await reading.WithinPatience());
    }

    [Fact]
    public async Task EventsThatAreTooLargeToBeTold_AreReadFromTheStore()
    {
        using var there = await _b.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        var reading = there.ReadToAsync(4);
        var large = new NewEvent("large", Sample.Bytes($$"""{"text":"{{new string('x', 1024 * 1024)}}"}"""));
        await _a.Streams.AppendAsync(new Append(Sample.Stream, large, Sample.Event(2)) { Owner = Sample.Owner });
        await _a.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(3)));

        var seen = await reading.WithinPatience();
        AssertGapless(seen);
        Assert.Equal(large.Data.Length, seen[1].Event!.Data.Length);
    }

    [Fact]
    public async Task ManyStreamsOfOneCommit_AreAllTold()
    {
        var names = Enumerable.Range(0, 400).Select(i => new StreamName($"conversation/{new string('x', 60)}{i}")).ToList();
        await Task.WhenAll(names.Select(name => _a.Streams.AppendAsync(new Append(name, Sample.Event(1)))));
        var followers = await Task.WhenAll(names.Select(name => _b.Streams.FollowAsync(name, StartPosition.Oldest)));
        var reading = Task.WhenAll(followers.Select(follower => follower.ReadToAsync(2)));
        await Task.WhenAll(names.Select(name => _a.Streams.AppendAsync(new Append(name, Sample.Event(2)))));

        Assert.All(await reading.WithinPatience(), AssertGapless);
        foreach (var follower in followers)
            follower.Dispose();
    }

    [Fact]
    public async Task NodeThatWasReplaced_CanWriteNothing_AndShowsNothingOfIt()
    {
        using var zombies = await _a.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        await using var successor = await StartAsync("a");
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => _a.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(666))));
        await successor.Streams.AppendAsync(new Append(Sample.Stream, Sample.Event(1)));

        var seen = await zombies.ReadToAsync(2).WithinPatience();
        Assert.Equal(Sample.Text(Sample.Event(1).Data), TextOf(seen[1]));
    }

    [Fact]
    public async Task StreamDeletedOnOneNode_IsGoneOnTheOther()
    {
        using var there = await _b.Streams.FollowAsync(Sample.Stream, StartPosition.Oldest);
        await there.ReadToAsync(1);
        var waiting = there.WaitAsync().AsTask();
        await _a.Streams.AppendAsync(new Append(Sample.Other) { Deletes = [Sample.Stream] });
        await waiting.WithinPatience();

        Assert.True(there.IsCut);
        Assert.Null((await _b.Store.ReadAllAsync(Sample.Owner)).Single().Event);
    }

    private Task<RunningLog> StartAsync(string node) =>
        RunningLog.StartAsync(streams => streams.UsePostgres(_database, options => options.NodeName = node));

    private async Task CutLinesAsync()
    {
        await using var opened = await OpenedStore.OpenAsync(_database, "cutter");
        await opened.ScalarAsync(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity "
            + "where query ilike 'listen %' and datname = current_database()");
    }

    private static async Task WriteAsync(RunningLog log, int first, StreamName? stream = null)
    {
        for (var value = first; value < first + Appends; value++)
            await log.Streams.AppendAsync(new Append(stream ?? Sample.Stream, Sample.Event(value)) { Owner = Sample.Owner });
    }

    private static void AssertGapless(List<LogEntry> entries) =>
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(number => (long)number), entries.Select(entry => entry.Number));

    private static string TextOf(LogEntry entry) => Sample.Text(entry.Event!.Data);
}
