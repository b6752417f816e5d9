using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Accounts;

public class SessionTests
{
    private const string Me = "/api/v1/auth/me";

    private readonly FakeTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cookie_SignsTheBrowserIn_AndScriptsCannotReadIt()
    {
        await using var server = await RunnelServer.StartAsync();
        using var browser = server.NewClient(browser: true);

        using var answer = await RegisterAsync(browser, "?use_cookies=true");
        var user = (await answer.JsonAsync()).GetProperty("user");
        var me = await browser.GetFromJsonAsync<JsonElement>(Me, Token);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("runnel=", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; expires=", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(user.Text("id"), me.GetProperty("user").Text("id"));
    }

    [Fact]
    public async Task Logout_TakesTheCookie_HoweverOftenItIsAsked()
    {
        await using var server = await RunnelServer.StartAsync();
        using var browser = server.NewClient(browser: true);
        using var registered = await RegisterAsync(browser, "?use_cookies=true");

        using var first = await browser.PostAsync("/api/v1/auth/logout", null, Token);
        using var second = await browser.PostAsync("/api/v1/auth/logout", null, Token);
        using var me = await browser.GetAsync(Me, Token);

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);
        await me.ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task CookieAndToken_StayGood_WhenTheServerRestarts()
    {
        await using var server = await RunnelServer.StartAsync();
        using var browser = server.NewClient();
        browser.DefaultRequestHeaders.Add("Origin", server.BaseAddress.GetLeftPart(UriPartial.Authority));
        using var registered = await RegisterAsync(browser, "?use_cookies=true");
        var cookie = registered.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var user = await server.NewUserAsync();
        var token = user.DefaultRequestHeaders.Authorization!.Parameter!;

        await server.RestartAsync();

        Assert.Equal(HttpStatusCode.OK, await MeAsync(server, ("Cookie", cookie)));
        Assert.Equal(HttpStatusCode.OK, await MeAsync(server, ("Authorization", "Bearer " + token)));
    }

    [Fact]
    public async Task AuthorizationHeader_IsWhatCounts_WhenThereIsACookieToo()
    {
        await using var server = await RunnelServer.StartAsync();
        using var browser = server.NewClient(browser: true);
        using var registered = await RegisterAsync(browser, "?use_cookies=true");
        browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "forged");

        using var me = await browser.GetAsync(Me, Token);

        await me.ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task AccessToken_ExpiresAfterAnHour_AndTheRefreshTokenGivesAnother()
    {
        await using var server = await StartWithFakeTimeAsync();
        using var registered = await RegisterAsync(server.Client);
        var tokens = await registered.JsonAsync();
        _time.Advance(TimeSpan.FromMinutes(61));

        var expired = await MeAsync(server, ("Authorization", "Bearer " + tokens.Text("access_token")));
        using var refreshed = await RefreshAsync(server, tokens.Text("refresh_token"));
        var renewed = await MeAsync(
            server, ("Authorization", "Bearer " + (await refreshed.JsonAsync()).Text("access_token")));

        Assert.Equal(HttpStatusCode.Unauthorized, expired);
        Assert.Equal(HttpStatusCode.OK, renewed);
    }

    [Fact]
    public async Task RefreshToken_IsRefused_WhenItHasExpired()
    {
        await using var server = await StartWithFakeTimeAsync();
        using var registered = await RegisterAsync(server.Client);
        _time.Advance(TimeSpan.FromDays(14));

        using var answer = await RefreshAsync(server, (await registered.JsonAsync()).Text("refresh_token"));

        await answer.ProblemAsync(401, "invalid_refresh_token");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("forged")]
    [InlineData("access")]
    public async Task RefreshToken_IsRefused_WhenItIsNone(string? token)
    {
        await using var server = await RunnelServer.StartAsync();
        using var registered = await RegisterAsync(server.Client);
        var access = (await registered.JsonAsync()).Text("access_token");

        using var answer = await RefreshAsync(server, token == "access" ? access : token);

        await answer.ProblemAsync(401, "invalid_refresh_token");
    }

    [Fact]
    public async Task Tokens_AreWorthNothing_WhenTheirAccountIsGone()
    {
        await using var server = await RunnelServer.StartAsync();
        using var registered = await RegisterAsync(server.Client);
        var tokens = await registered.JsonAsync();
        await using (var scope = server.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            await users.DeleteAsync((await users.FindByEmailAsync("anna@example.org"))!);
        }

        using var refreshed = await RefreshAsync(server, tokens.Text("refresh_token"));
        var me = await MeAsync(server, ("Authorization", "Bearer " + tokens.Text("access_token")));

        await refreshed.ProblemAsync(401, "invalid_refresh_token");
        Assert.Equal(HttpStatusCode.Unauthorized, me);
    }

    private static Task<HttpResponseMessage> RegisterAsync(HttpClient client, string query = "") =>
        client.PostAsJsonAsync(
            "/api/v1/auth/register" + query, new { email = "anna@example.org", password = "12345678" }, Token);

    private static Task<HttpResponseMessage> RefreshAsync(RunnelServer server, string? refresh_token) =>
        server.Client.PostAsJsonAsync("/api/v1/auth/refresh", new { refresh_token }, Token);

    private static async Task<HttpStatusCode> MeAsync(RunnelServer server, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Me);
        request.Headers.Add(header.Name, header.Value);
        using var answer = await server.Client.SendAsync(request, Token);
        return answer.StatusCode;
    }

    private Task<RunnelServer> StartWithFakeTimeAsync() =>
        RunnelServer.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(_time));
}
