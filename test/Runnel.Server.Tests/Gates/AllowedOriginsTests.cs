using System.Net;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Gates;

public class AllowedOriginsTests
{
    private const string Friend = "https://app.example.org";
    private const string Stream = "/api/v1/conversations/stream";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://app.example.org", true)]
    [InlineData("https://other.example.org:8443", true)]
    [InlineData("https://app.example.org:444", false)]
    [InlineData("http://app.example.org", false)]
    [InlineData("https://app.example.org.evil.example", false)]
    [InlineData("https://sub.app.example.org", false)]
    [InlineData("null", false)]
    public async Task Preflight_IsAnswered_ForExactlyTheAllowedOrigins(string origin, bool allowed)
    {
        await using var server = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/conversations/send");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,last-event-id");

        using var answer = await server.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        AssertAllowed(answer, origin, allowed);
        Assert.Equal(allowed, answer.Headers.Contains("Access-Control-Allow-Methods"));
    }

    [Theory]
    [InlineData(Friend, true)]
    [InlineData("https://evil.example", false)]
    public async Task Answer_MayBeRead_ByTheAllowedOrigins(string origin, bool allowed)
    {
        await using var server = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me");
        request.Headers.Add("Origin", origin);

        using var answer = await server.Client.SendAsync(request, Token);

        await answer.ProblemAsync(401, "unauthenticated");
        AssertAllowed(answer, origin, allowed);
    }

    [Fact]
    public async Task Stream_MayBeRead_ByTheAllowedOrigins()
    {
        await using var server = await StartAsync();
        using var user = await server.NewUserAsync();
        user.DefaultRequestHeaders.Add("Origin", Friend);

        using var answer = await user.GetAsync(Stream, HttpCompletionOption.ResponseHeadersRead, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        AssertAllowed(answer, Friend, allowed: true);
    }

    [Theory]
    [InlineData(Friend, true)]
    [InlineData("https://evil.example", false)]
    public async Task Cookie_ChangesThings_FromTheAllowedOriginsToo(string origin, bool allowed)
    {
        await using var server = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/logout");
        request.Headers.Add("Cookie", "runnel=anything");
        request.Headers.Add("Origin", origin);

        using var answer = await server.Client.SendAsync(request, Token);

        Assert.Equal(allowed ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Nobody_IsAllowed_ByDefault()
    {
        await using var server = await RunnelServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/setup");
        request.Headers.Add("Origin", Friend);

        using var answer = await server.Client.SendAsync(request, Token);

        AssertAllowed(answer, Friend, allowed: false);
    }

    private static void AssertAllowed(HttpResponseMessage answer, string origin, bool allowed)
    {
        var found = answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values);
        Assert.Equal(allowed, found);
        Assert.Equal(allowed, answer.Headers.Contains("Access-Control-Allow-Credentials"));
        if (found)
            Assert.Equal([origin], values!);
    }

    private static Task<RunnelServer> StartAsync() =>
        RunnelServer.StartAsync($"Http:AllowedOrigins={Friend}, https://other.example.org:8443");
}
