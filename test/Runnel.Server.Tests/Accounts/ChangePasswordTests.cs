using System.Net;
using System.Net.Http.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Accounts;

public class ChangePasswordTests
{
    private const string Path = "/api/v1/auth/password";
    private const string Fresh = "another horse";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OtherSessions_End_AndThisOneGoesOnWithNewTokens()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        using var phone = await anna.LoginAgainAsync(server);
        using var onPhone = await new Speaker(phone.Client).FollowAllAsync();
        await onPhone.NextAsync("connected");
        var session = await anna.SessionIdAsync();

        using var answer = await ChangeAsync(anna.Client, SignedInClient.Password, Fresh);
        anna.Use(await answer.JsonAsync());

        Assert.Empty(await onPhone.ToEndAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await phone.MeAsync());
        using var refreshed = await phone.RefreshAsync();
        await refreshed.ProblemAsync(401, "invalid_refresh_token");
        Assert.Equal(session, await anna.SessionIdAsync());
        Assert.Single(await anna.SessionsAsync());
        using var own = await anna.RefreshAsync();
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var again = await anna.LoginAgainAsync(server, Fresh);
        using var old = await server.Client.PostAsJsonAsync(
            "/api/v1/auth/login", new { email = anna.Email, password = SignedInClient.Password }, Token);
        await old.ProblemAsync(401, "wrong_credentials");
    }

    [Fact]
    public async Task Browser_GetsANewCookie_AndStaysSignedIn()
    {
        await using var server = await RunnelServer.StartAsync();
        using var browser = server.NewClient(browser: true);
        using var registered = await browser.PostAsJsonAsync(
            "/api/v1/auth/register?use_cookies=true", new { email = "anna@example.org", password = SignedInClient.Password }, Token);

        using var answer = await ChangeAsync(browser, SignedInClient.Password, Fresh);
        using var me = await browser.GetAsync("/api/v1/auth/me", Token);

        Assert.Equal("anna@example.org", (await answer.JsonAsync()).GetProperty("user").Text("email"));
        Assert.Contains("runnel=", answer.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
    }

    [Theory]
    [InlineData(SignedInClient.Password, "1234567", "weak_password")]
    [InlineData(SignedInClient.Password, null, "weak_password")]
    [InlineData("wrong", Fresh, "wrong_password")]
    [InlineData(null, Fresh, "wrong_password")]
    public async Task Password_StaysAsItWas_WhenTheRequestIsWrong(string? current, string? fresh, string code)
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        using var phone = await anna.LoginAgainAsync(server);

        using var answer = await ChangeAsync(anna.Client, current, fresh);

        await answer.ProblemAsync(422, code);
        Assert.Equal(HttpStatusCode.OK, await phone.MeAsync());
        using var again = await anna.LoginAgainAsync(server);
    }

    [Fact]
    public async Task WrongPasswords_CountAsFailedSignIns()
    {
        await using var server = await RunnelServer.StartAsync("Limits:FailedLoginsPerMinute=3");
        using var anna = await SignedInClient.RegisterAsync(server);
        for (var guess = 0; guess < 3; guess++)
            await (await ChangeAsync(anna.Client, "wrong", Fresh)).ProblemAsync(422, "wrong_password");

        using var refused = await ChangeAsync(anna.Client, SignedInClient.Password, Fresh);

        await refused.ProblemAsync(429, "too_many_attempts");
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient client, string? current_password, string? new_password) =>
        client.PostAsJsonAsync(Path, new { current_password, new_password }, Token);
}
