using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Runnel.Server.Background;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Server.Tests.Cluster;

/// <summary>What a server leaves behind that goes, or that the others take for dead.</summary>
public class LostServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ATurnOfAServerThatWasFencedOff_EndsAtAnother_WithWhatWasShown_AndTheServerStops()
    {
        await using var servers = await Servers.StartAsync();
        var (atA, atB) = await servers.NewSpeakerAsync();
        var held = servers.Upstream.Hold();
        var sent = await atA.SendAsync("go");
        using var here = await atA.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        using var there = await atB.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await held.SendAsync("some");
        await there.UntilTextAsync("some");
        var waiting = await atB.SendBusyAsync("next", sent.Text("thread_id"), "enqueue");

        await FenceOffAsync(servers.A);
        await held.SendAsync("too late");

        var end = (await there.UntilAsync(next => next.IsEnd()))[^1];
        Assert.Equal(("interrupted", "some"), (end.Text("code"), end.Text("partial_content")));
        Assert.Equal("You said: next", (await atB.TurnAsync(waiting))[^1].Text("final_content"));
        await StoppingAsync(servers.A).WithinPatience();
        Assert.Equal(ExitCode.FencedOff, servers.A.Services.GetRequiredService<ExitCode>().Value);
        await servers.StopAsync(servers.A);
        var seen = await here.ToEndAsync();
        Assert.DoesNotContain(seen, next => next.Data.ToString().Contains("too late", StringComparison.Ordinal));
        Assert.Equal("server_draining", seen[^1].Event);
    }

    [Fact]
    public async Task ATurnThatWasStopped_EndsAsStopped_WhenItsServerIsLost()
    {
        await using var servers = await Servers.StartAsync();
        var (atA, atB) = await servers.NewSpeakerAsync();
        var held = servers.Upstream.Hold();
        var sent = await atA.SendAsync("go");
        using var there = await atB.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await held.SendAsync("some");
        await there.UntilTextAsync("some");

        // As when the server is lost between the stop and the end that it brings about.
        await ExecuteAsync(
            servers.A, "update turns set end_requested = 'stopped' where turn_id = $1", sent.Text("turn_id"));
        await FenceOffAsync(servers.A);

        var end = (await there.UntilAsync(next => next.IsEnd()))[^1];
        Assert.Equal((TurnEvents.Complete, "stopped"), (end.Event, end.Text("finish_reason")));
        Assert.Equal("some", end.Text("final_content"));
        var stopped = await atB.StopAsync(sent.Text("thread_id"), sent.Text("turn_id"));
        Assert.Equal(("stopped", end.Id), (stopped.Text("status"), stopped.Text("last_event_id")));
    }

    [Fact]
    public async Task AServerThatStops_LeavesNothingWaiting()
    {
        await using var servers = await Servers.StartAsync();
        var (atA, atB) = await servers.NewSpeakerAsync();
        var human = await atA.NewHumanAsync();
        var held = servers.Upstream.Hold();
        var sent = await atA.SendAsync("go");
        await held.Begun;
        var waiting = await atA.SendBusyAsync("next", sent.Text("thread_id"), "enqueue");
        var inRound = servers.Upstream.Hold();
        using var training = await atA.TrainAsync(human, "I like chess.");
        await inRound.Begun;
        using var round = await atB.FollowTrainingAsync(human);

        await servers.StopAsync(servers.A);

        Assert.Equal("interrupted", (await atB.TurnAsync(sent))[^1].Text("code"));
        Assert.Equal("You said: next", (await atB.TurnAsync(waiting))[^1].Text("final_content"));
        Assert.Equal(Trainer.Complete, (await round.UntilAsync(next => next.IsRoundEnd()))[^1].Event);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ATurnOfAServerThatIsGone_IsAnsweredByAnother_WhereThatIsWanted(bool inGoodOrder)
    {
        await using var servers = await Servers.StartAsync("Cluster:UnfinishedTurns=StartAgain");
        var (atA, atB) = await servers.NewSpeakerAsync();
        var held = servers.Upstream.Hold();
        var sent = await atA.SendAsync("go");
        using var there = await atB.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await held.SendAsync("some");
        await there.UntilTextAsync("some");

        if (inGoodOrder)
            await servers.StopAsync(servers.A);
        else
            await FenceOffAsync(servers.A);

        var turn = await atB.TurnAsync(sent);
        Assert.Equal("server_lost", turn.Single(next => next.Event == "ai_response_reset").Text("reason"));
        Assert.Equal(
            [1, 2],
            turn.FindAll(next => next.Event == "ai_response_start").Select(next => next.Data.GetProperty("attempt").GetInt32()));
        Assert.Equal((TurnEvents.Complete, "You said: go"), (turn[^1].Event, turn[^1].Text("final_content")));
        Assert.Equal("You said: go", (await atB.MessagesAsync(sent.Text("thread_id"))).Items()[1].Text("content"));
    }

    [Fact]
    public async Task AServerThatStarts_UnderTheNameOfOneThatDied_TakesOverAtOnce()
    {
        await using var servers = await Servers.StartAsync();
        var named = await servers.StartAnotherAsync("Cluster:NodeName=one", "Cluster:LeaseSeconds=60");
        var person = await named.NewUserAsync();
        var before = new Speaker(person);
        var held = servers.Upstream.Hold();
        var sent = await before.SendAsync("go");
        await held.Begun;

        var next = await servers.StartAnotherAsync("Cluster:NodeName=one", "Cluster:LeaseSeconds=60");

        var turn = await Servers.At(next, person).TurnAsync(sent);
        Assert.Equal("interrupted", turn[^1].Text("code"));
        using var refused = await before.PostAsync(new { message = "more", thread_id = sent.Text("thread_id") });
        await refused.ProblemAsync(503, "store_unavailable");
    }

    private static Task StoppingAsync(RunnelServer server)
    {
        var stopping = new TaskCompletionSource();
        server.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        return stopping.Task;
    }

    /// <summary>As another server does whose judge has found its lease expired.</summary>
    private static Task FenceOffAsync(RunnelServer server) => ExecuteAsync(
        server,
        """
        with silent as (delete from beats where incarnation = $1 returning incarnation)
        update writers set fenced = true where incarnation in (select incarnation from silent)
        """,
        server.Services.GetRequiredService<IStreamStore>().Incarnation);

    /// <summary>Changes one row of a server's database.</summary>
    private static async Task ExecuteAsync(RunnelServer server, string sql, object value)
    {
        await using var connection = new NpgsqlConnection(server.Services.GetRequiredService<PostgresDatabase>().ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = value });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
    }
}
