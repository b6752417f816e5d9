using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Auth.Sessions;
using Runnel.Server.Background.Unfinished;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Turns.Retaining;

namespace Runnel.Server.Tests.Cluster;

/// <summary>What one server says and does holds at another one, whose clock is off by an hour. Some seconds of this are the wait for
/// what is noticed every other second.</summary>
public sealed class AcrossServersTests(TwoServers servers) : IClassFixture<TwoServers>
{
    private static readonly Uri Me = new("/api/v1/auth/me", UriKind.Relative);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ServersThatStartedAtOnce_SignWithOneKey_AndHaveOneTime()
    {
        using var atOther = await servers.Other.NewUserAsync();
        using var atOne = servers.One.NewClient();
        atOne.DefaultRequestHeaders.Authorization = atOther.DefaultRequestHeaders.Authorization;
        using var answer = await atOne.GetAsync(Me, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, await servers.ExecuteAsync("select count(*)::integer from data_protection_keys"));
        var (one, other) = (TimeOf(servers.One), TimeOf(servers.Other));
        Assert.InRange(one - other, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ATicketOfOneServer_OpensStreamsAtTheOther(bool theOtherWayRound)
    {
        var user = await servers.NewUserAsync();
        var (from, to) = theOtherWayRound ? (user.AtOther, servers.One) : (user.AtOne, servers.Other);
        using var made = await from.PostAsJsonAsync("/api/v1/auth/stream-ticket", new { }, Token);
        using var nobody = to.NewClient();

        using var stream = await new Speaker(nobody).OpenAsync(
            Speaker.Api + "/stream?ticket=" + (await made.JsonAsync()).Text("ticket"));

        await stream.NextAsync("connected");
    }

    [Fact]
    public async Task ASignOut_EndsStreamsAndSessionAtTheOtherServer()
    {
        var (atOne, atOther) = await servers.NewUserAsync();
        using var stream = await new Speaker(atOther).FollowAllAsync();
        await stream.NextAsync("connected");

        using var left = await atOne.PostAsync(new Uri("/api/v1/auth/logout", UriKind.Relative), null, Token);

        Assert.Empty(await stream.ToEndAsync());
        await UntilAsync(async () => await StatusAsync(atOther) == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task WhatHasEndedAtOneServer_IsToldToTheOther_BeforeAnybodyAsks()
    {
        // Nobody watches it, so that nobody looks for it in the database.
        var id = Guid.NewGuid().ToString("N");

        servers.One.Services.GetRequiredService<SignedIn>().HasEnded(id);

        var other = servers.Other.Services.GetRequiredService<SignedIn>();
        await UntilAsync(() => Task.FromResult(other.HasKnownEnd(id)));
    }

    [Fact]
    public async Task AnAccountThatIsDeletedAtOneServer_LosesItsStreamsAtTheOther()
    {
        var (atOne, atOther) = await servers.NewUserAsync();
        var sent = await new Speaker(atOther).SayAsync("hello");
        using var stream = await new Speaker(atOther).FollowAsync(sent.Text("thread_id"));
        await stream.NextAsync("connected");

        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/auth/me");
        request.Content = JsonContent.Create(new { password = SignedInClient.Password });
        using var deleted = await atOne.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await stream.ToEndAsync();
        await UntilAsync(async () => await StatusAsync(atOther) == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task AMessageThatIsSentToBothAtOnce_StartsOneTurn()
    {
        var (atOne, atOther) = await servers.NewUserAsync();
        var body = new { message = "once", client_message_id = "m-1" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(
            i => new Speaker(i % 2 == 0 ? atOne : atOther).PostAsync(body)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Accepted);
        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        var turns = await Task.WhenAll(answers.Select(async answer => (await answer.JsonAsync()).Text("turn_id")));
        Assert.Single(turns.Distinct());
    }

    [Fact]
    public async Task AStreamThatIsOpenAtOneServer_IsNotLetGoByTheOther()
    {
        var (atOne, atOther) = await servers.NewUserAsync();
        using var open = await new Speaker(atOne).FollowAllAsync();
        var cursor = (await open.NextAsync("connected")).Text("cursor");
        await servers.ExecuteAsync(
            "update owner_streams set used_at = '2000-01-01T00:00:00.000Z' where owner_id = $1", await IdAsync(atOne));

        await servers.One.Services.GetRequiredService<DormantStreams>().KeepOpenAsync(Token);
        var gone = await servers.Other.Services.GetRequiredService<DormantStreams>().LetGoAsync(Token);

        Assert.Equal(0, gone);
        using var again = await new Speaker(atOther).FollowAllAsync(cursor);
        await again.NextAsync("connected");
    }

    [Fact]
    public async Task WhatADeadServerLeftHalfDeleted_IsDeletedByTheOthers_AlsoWhenAllAreAtIt()
    {
        var (atOne, _) = await servers.NewUserAsync();
        var id = await IdAsync(atOne);
        var human = await atOne.PostAsJsonAsync("/api/v1/digital-humans", new { name = "Ada", persona = "Kind." }, Token);
        human.EnsureSuccessStatusCode();
        for (var i = 0; i < 3; i++)
            await new Speaker(atOne).SayAsync("hello");
        await servers.ExecuteAsync("update users set closed_at = '2000-01-01T00:00:00.000Z' where id = $1", id);

        await Task.WhenAll(Unfinished(servers.One).Concat(Unfinished(servers.Other)));
        await servers.One.Services.GetRequiredService<UnfinishedWork>().RunOnceAsync(Token);

        foreach (var table in new[] { "users where id", "conversations where owner_id", "digital_humans where owner_id" })
            Assert.Equal(0, await servers.ExecuteAsync($"select count(*)::integer from {table} = $1", id));
    }

    [Fact]
    public async Task WhatAServerLeftHalfDeleted_IsDeletedByTheOthers_OnceItIsGone()
    {
        var (atOne, _) = await servers.NewUserAsync();
        var id = await IdAsync(atOne);
        await servers.ExecuteAsync("update users set closed_at = '2000-01-01T00:00:00.000Z' where id = $1", id);

        // As the store calls it when a lease has ended.
        Servers.StoreOf(servers.One).OthersLeft!();

        // Sooner than the minute in which they would look anyway.
        await UntilAsync(
            async () => await servers.ExecuteAsync("select count(*)::integer from users where id = $1", id) == 0,
            TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task OneServerAtATime_DoesWhatOneShouldDo()
    {
        var (one, other) = (LocksOf(servers.One), LocksOf(servers.Other));
        bool? meanwhile = null;

        var did = await one.TryAsync(
            "test", async end => meanwhile = await other.TryAsync("test", _ => Task.CompletedTask, end), Token);

        Assert.True(did);
        Assert.False(meanwhile);
        Assert.True(await other.TryAsync("test", _ => Task.CompletedTask, Token));
    }

    private static IServerLocks LocksOf(RunnelServer server) => server.Services.GetRequiredService<IServerLocks>();

    private static IEnumerable<Task> Unfinished(RunnelServer server) =>
        server.Services.GetServices<IUnfinished>().Select(unfinished => unfinished.FinishAsync(Token));

    private static DateTimeOffset TimeOf(RunnelServer server) =>
        server.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    private static async Task<string> IdAsync(HttpClient client) =>
        (await new Speaker(client).GetAsync(Me.ToString())).GetProperty("user").Text("id");

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(Me, Token);
        return answer.StatusCode;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, TimeSpan? patience = null)
    {
        using var deadline = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(60));
        while (!await isSo())
            await Task.Delay(100, deadline.Token); // polls: nobody tells when another server's word is forgotten
    }
}
