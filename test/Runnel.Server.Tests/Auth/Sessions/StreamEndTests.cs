using System.Net;
using System.Net.Http.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Auth.Sessions;

/// <summary>A stream ends with what opened it: plainly, and whoever comes back gets 401.</summary>
public class StreamEndTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Streams_EndAtOnce_WhenTheirSessionIsLoggedOut_AndThoseOfOthersGoOn()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        using var phone = await anna.LoginAgainAsync(server);
        var thread = await new Speaker(anna.Client).CreateAsync();
        using var all = await OpenedAsync(anna, Speaker.Api + "/stream");
        using var one = await OpenedAsync(anna, $"{Speaker.Api}/{thread}/stream");
        using var onPhone = await OpenedAsync(phone, $"{Speaker.Api}/{thread}/stream");

        using var logout = await anna.Client.PostAsync("/api/v1/auth/logout", null, Token);

        Assert.Empty(await all.ToEndAsync());
        Assert.Empty(await one.ToEndAsync());
        using var back = await anna.Client.GetAsync(Speaker.Api + "/stream", Token);
        await back.ProblemAsync(401, "unauthenticated");
        await new Speaker(phone.Client).SendAsync("hello", thread);
        await onPhone.NextAsync("user_message");
    }

    [Fact]
    public async Task Stream_EndsAtOnce_WhenItsSessionIsEndedFromAnother_AlsoInTheMiddleOfAnAnswer()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        using var phone = await anna.LoginAgainAsync(server);
        using var stream = await new Speaker(phone.Client).SendAndFollowAsync(new { message = "tell me a long story" });
        await stream.UntilAsync("ai_response_chunk");

        using var ended = await anna.DeleteAsync("/api/v1/auth/sessions/" + await phone.SessionIdAsync());

        Assert.DoesNotContain(await stream.ToEndAsync(), next => next.Event == "ai_response_complete");
        Assert.Equal(HttpStatusCode.Unauthorized, await phone.MeAsync());
    }

    [Fact]
    public async Task Stream_Ends_WhenTheAccessTokenThatOpenedItExpires()
    {
        await using var server = await RunnelServer.StartAsync("Auth:AccessTokenMinutes=0.05");
        using var anna = await SignedInClient.RegisterAsync(server);
        using var stream = await OpenedAsync(anna, Speaker.Api + "/stream");

        Assert.Empty(await stream.ToEndAsync());

        Assert.Equal(HttpStatusCode.Unauthorized, await anna.MeAsync());
        using var refreshed = await anna.RefreshAsync();
        anna.Use(await refreshed.JsonAsync());
        Assert.Equal(HttpStatusCode.OK, await anna.MeAsync());
    }

    [Fact]
    public async Task StreamOfTheBrowser_Ends_WhenItsCookieIsLoggedOut()
    {
        await using var server = await RunnelServer.StartAsync();
        using var browser = server.NewClient(browser: true);
        using var registered = await browser.PostAsJsonAsync(
            "/api/v1/auth/register?use_cookies=true", new { email = "anna@example.org", password = "12345678" }, Token);
        using var stream = await new Speaker(browser).FollowAllAsync();
        await stream.NextAsync("connected");

        using var logout = await browser.PostAsync("/api/v1/auth/logout", null, Token);

        Assert.Empty(await stream.ToEndAsync());
    }

    [Fact]
    public async Task PageThatWaits_IsAnsweredEmpty_WhenItsSessionEnds()
    {
        await using var server = await RunnelServer.StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        using var phone = await anna.LoginAgainAsync(server);
        var thread = await new Speaker(anna.Client).CreateAsync();
        using var stream = await OpenedAsync(anna, $"{Speaker.Api}/{thread}/stream");
        var waiting = anna.Client.GetAsync($"{Speaker.Api}/{thread}/events?wait_seconds=30", Token);
        using var logout = await anna.Client.PostAsync("/api/v1/auth/logout", null, Token);

        using var page = await waiting.WaitAsync(TimeSpan.FromSeconds(20), Token);

        // The request may have come only after the log-out.
        if (page.StatusCode == HttpStatusCode.OK)
            Assert.Empty((await page.JsonAsync()).GetProperty("events").EnumerateArray());
        else
            Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
    }

    private static async Task<SseReader> OpenedAsync(SignedInClient client, string path)
    {
        var stream = await new Speaker(client.Client).OpenAsync(path);
        await stream.NextAsync("connected");
        return stream;
    }
}
