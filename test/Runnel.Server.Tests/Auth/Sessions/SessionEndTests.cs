using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Auth.Sessions;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Auth.Sessions;

/// <summary>Tokens and cookies are worth nothing once their session has ended.</summary>
public class SessionEndTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Logout_EndsTheSessionOfTheToken_AndNoOther()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        using var phone = await anna.LoginAgainAsync(server);

        for (var round = 0; round < 2; round++)
        {
            using var answer = await anna.Client.PostAsync("/api/v1/auth/logout", null, Token);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        using var refreshed = await anna.RefreshAsync();
        await refreshed.ProblemAsync(401, "invalid_refresh_token");
        Assert.Equal(HttpStatusCode.Unauthorized, await anna.MeAsync());
        Assert.Equal(HttpStatusCode.OK, await phone.MeAsync());
    }

    [Fact]
    public async Task Logout_EndsTheSession_ThoughTheAccessTokenHasExpired()
    {
        var time = new FakeTime();
        await using var server = await RunnelServer.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(time));
        using var anna = await SignedInClient.RegisterAsync(server);
        time.Advance(TimeSpan.FromHours(2));

        using var answer = await anna.Client.PostAsync("/api/v1/auth/logout", null, Token);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        using var refreshed = await anna.RefreshAsync();
        await refreshed.ProblemAsync(401, "invalid_refresh_token");
    }

    [Fact]
    public async Task Cookie_IsWorthNothing_AfterLogout_ThoughSomebodyKeptACopy()
    {
        await using var server = await RunnelServer.StartAsync();
        using var browser = server.NewClient();
        browser.DefaultRequestHeaders.Add("Origin", server.BaseAddress.GetLeftPart(UriPartial.Authority));
        using var registered = await browser.PostAsJsonAsync(
            "/api/v1/auth/register?use_cookies=true", new { email = "anna@example.org", password = "12345678" }, Token);
        browser.DefaultRequestHeaders.Add("Cookie", registered.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var before = await browser.GetAsync("/api/v1/auth/me", Token);

        using var logout = await browser.PostAsync("/api/v1/auth/logout", null, Token);
        using var after = await browser.GetAsync("/api/v1/auth/me", Token);

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        await after.ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Sessions_AreListed_WithWhatOneKnowsThemBy()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        using var client = server.NewClient();
        client.DefaultRequestHeaders.Add("User-Agent", "Phone/1.0 " + new string('x', 500));
        using var login = await client.PostAsJsonAsync(
            "/api/v1/auth/login", new { email = anna.Email, password = SignedInClient.Password }, Token);
        using var other = await SignedInClient.RegisterAsync(server);

        var sessions = await anna.SessionsAsync();

        Assert.Equal(2, sessions.Count);
        Assert.Single(sessions, session => session.GetProperty("is_current").GetBoolean());
        var phone = Assert.Single(sessions, session => session.Text("client").StartsWith("Phone/1.0", StringComparison.Ordinal));
        Assert.Equal(120, phone.Text("client").Length);
        Assert.Equal("127.0.0.1", phone.Text("address"));
        Assert.All(["created_at", "seen_at", "expires_at"], name => Assert.EndsWith("Z", phone.Text(name), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Session_IsEndedByItsOwner_AtOnce_AndIsGoneFromTheList()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        using var phone = await anna.LoginAgainAsync(server);
        Assert.Equal(HttpStatusCode.OK, await phone.MeAsync());
        var path = "/api/v1/auth/sessions/" + await phone.SessionIdAsync();

        using var answer = await anna.DeleteAsync(path);
        using var again = await anna.DeleteAsync(path);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await again.ProblemAsync(404, "session_not_found");
        Assert.Equal(HttpStatusCode.Unauthorized, await phone.MeAsync());
        Assert.Single(await anna.SessionsAsync());
    }

    [Fact]
    public async Task Session_OfAnother_IsAsIfItWereNotThere()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        using var other = await SignedInClient.RegisterAsync(server);

        using var answer = await other.DeleteAsync("/api/v1/auth/sessions/" + await anna.SessionIdAsync());

        await answer.ProblemAsync(404, "session_not_found");
        Assert.Equal(HttpStatusCode.OK, await anna.MeAsync());
    }

    [Fact]
    public async Task Session_EndsWithinSeconds_WhenSomebodyElseEndsItInTheDatabase()
    {
        var time = new FakeTime();
        await using var server = await RunnelServer.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(time));
        using var anna = await SignedInClient.RegisterAsync(server);
        Assert.Equal(HttpStatusCode.OK, await anna.MeAsync());
        await ExecuteAsync(server, "update sessions set revoked_at = made_at");
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(HttpStatusCode.Unauthorized, await anna.MeAsync());
    }

    [Fact]
    public async Task Session_IsSeen_AndLivesOn_WhenItIsUsed()
    {
        var time = new FakeTime();
        await using var server = await RunnelServer.StartAsync(
            builder => builder.Services.AddSingleton<TimeProvider>(time), "Auth:AccessTokenMinutes=1440");
        using var anna = await SignedInClient.RegisterAsync(server);
        var made = (await anna.SessionsAsync()).Single();
        time.Advance(TimeSpan.FromHours(1));
        await server.RestartAsync();
        anna.Client.Dispose();
        using var client = server.NewClient();
        client.DefaultRequestHeaders.Add("Authorization", "Bearer " + anna.AccessToken);

        var seen = (await client.GetFromJsonAsync<JsonElement>("/api/v1/auth/sessions", Token)).Items().Single();

        Assert.Equal(made.GetProperty("seen_at").GetDateTimeOffset().AddHours(1), seen.GetProperty("seen_at").GetDateTimeOffset());
        Assert.Equal(
            made.GetProperty("expires_at").GetDateTimeOffset().AddHours(1), seen.GetProperty("expires_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task Watches_LeaveNothingBehind_AndAnEndThatCameFirstIsTold()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        var sessions = server.Services.GetRequiredService<SignedIn>();
        var id = await anna.SessionIdAsync();
        using var before = sessions.Watch(id);
        using var other = sessions.Watch("another");

        using var answer = await anna.DeleteAsync("/api/v1/auth/sessions/" + id);
        using var after = sessions.Watch(id);

        Assert.True(before.Ended.IsCancellationRequested);
        Assert.True(after.Ended.IsCancellationRequested);
        Assert.False(other.Ended.IsCancellationRequested);
    }

    private static async Task ExecuteAsync(RunnelServer server, string sql)
    {
        await using var scope = server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database.ExecuteSqlRawAsync(sql, Token);
    }
}
