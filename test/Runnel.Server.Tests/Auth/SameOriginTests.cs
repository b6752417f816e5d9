using System.Net;
using System.Net.Http.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Auth;

public class SameOriginTests
{
    private const string Logout = "/api/v1/auth/logout";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Origin", "own", true)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "none", false)]
    [InlineData("X-Nothing", "at-all", false)]
    public async Task Cookie_ChangesThings_OnlyFromOurOwnPages(string header, string value, bool allowed)
    {
        await using var server = await RunnelServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Logout);
        request.Headers.Add("Cookie", "runnel=anything");
        request.Headers.Add(header, value == "own" ? server.BaseAddress.GetLeftPart(UriPartial.Authority) : value);

        using var answer = await server.Client.SendAsync(request, Token);

        await AssertAsync(answer, allowed, HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("register", "?use_cookies=true", false)]
    [InlineData("login", "?use_cookies=true", false)]
    [InlineData("login", "?use_cookies=True", false)]
    [InlineData("login", "?use_cookies=false&use_cookies=true", false)]
    [InlineData("register", "?use_cookies=false", true)]
    [InlineData("register", "", true)]
    public async Task Cookie_IsGiven_OnlyToOurOwnPages(string path, string query, bool allowed)
    {
        await using var server = await RunnelServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/auth/{path}{query}")
        {
            Content = JsonContent.Create(new { email = "anna@example.org", password = "12345678" }),
        };
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await server.Client.SendAsync(request, Token);

        await AssertAsync(answer, allowed, HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Authorization", "Bearer whatever")]
    [InlineData("X-Nothing", "at-all")]
    public async Task Request_NeedsNoProof_WhenItDoesNotLiveOnTheCookie(string header, string value)
    {
        await using var server = await RunnelServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Logout);
        request.Headers.Add(header, value);
        if (header == "Authorization")
            request.Headers.Add("Cookie", "runnel=anything");

        using var answer = await server.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Reading_NeedsNoProof()
    {
        await using var server = await RunnelServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/setup");
        request.Headers.Add("Cookie", "runnel=anything");
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await server.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task AssertAsync(HttpResponseMessage answer, bool allowed, HttpStatusCode good)
    {
        if (allowed)
            Assert.Equal(good, answer.StatusCode);
        else
            await answer.ProblemAsync(403, "cross_site_request");
    }
}
