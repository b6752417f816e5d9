using System.Net;
using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams.Testing;

namespace Runnel.Server.Tests.Persistence.Postgres;

/// <summary>The database is away for a while, under a server that runs.</summary>
public class PostgresOutageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARunningAnswer_AndItsReaders_GoOnWhenTheDatabaseIsBack_AndSendsAreToldToWait()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        await using var upstream = await FakeUpstream.StartAsync();
        await using var server = await RunnelServer.StartAsync([
            "Database:Provider=Postgres", "Database:ConnectionString=" + await cluster.CreateDatabaseAsync(),
            .. Talk.ModelAt(upstream), "Shutdown:GraceSeconds=0"]);
        var speaker = new Speaker(await server.NewUserAsync());
        var held = upstream.Hold();
        var sent = await speaker.SendAsync("go");
        using var stream = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await held.SendAsync("before ");
        await stream.UntilTextAsync("before ");

        await cluster.StopServerAsync("immediate");
        using (var refused = await speaker.PostAsync(new { message = "more" }))
        {
            await refused.ProblemAsync(503, "store_unavailable");
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        using (var ready = await server.Client.GetAsync("/health/ready", Token))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        await held.SendAsync("and after");
        await cluster.StartServerAsync();
        await held.FinishAsync();

        var rest = await stream.UntilAsync(next => next.IsEnd());
        Assert.Equal("and after", rest.Joined());
        Assert.Equal("before and after", rest[^1].Text("final_content"));
        Assert.Equal("before and after", (await speaker.EndAsync(sent)).Text("content"));
    }
}
