using System.Net.Http.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Auth;

/// <summary>Whatever is cut, changed or meant for something else is nobody's.</summary>
public sealed class ForgeryTests(GoodCredentials good) : IClassFixture<GoodCredentials>
{
    private readonly Dictionary<string, string> _good = good.All;
    private readonly RunnelServer _server = good.Server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatIsGood_IsTaken()
    {
        Assert.Equal(200, await MeAsync("Authorization", "Bearer " + _good["access"]));
        Assert.Equal(200, await MeAsync("Authorization", "Bearer " + _good["key"]));
        Assert.Equal(200, await MeAsync("Cookie", "runnel=" + _good["cookie"]));
    }

    [Theory]
    [InlineData("refresh")]
    [InlineData("ticket")]
    [InlineData("cookie")]
    [InlineData("ticket cookie")]
    public async Task WhatIsForSomethingElse_IsNoAccessToken(string kind) =>
        Assert.Equal(401, await MeAsync("Authorization", "Bearer " + _good[kind]));

    [Theory]
    [InlineData("access")]
    [InlineData("refresh")]
    [InlineData("ticket")]
    [InlineData("key")]
    [InlineData("ticket cookie")]
    public async Task WhatIsForSomethingElse_IsNoCookie(string kind) =>
        Assert.Equal(401, await MeAsync("Cookie", "runnel=" + _good[kind]));

    [Theory]
    [InlineData("access")]
    [InlineData("ticket")]
    [InlineData("key")]
    [InlineData("cookie")]
    public async Task WhatIsForSomethingElse_IsNoRefreshToken(string kind)
    {
        using var answer = await _server.Client.PostAsJsonAsync(
            "/api/v1/auth/refresh", new { refresh_token = _good[kind] }, Token);

        await answer.ProblemAsync(401, "invalid_refresh_token");
    }

    [Theory]
    [InlineData("Authorization", "Bearer ", "access")]
    [InlineData("Authorization", "Bearer ", "key")]
    [InlineData("Cookie", "runnel=", "cookie")]
    public async Task WhatIsCutOrChanged_IsNobodys(string header, string before, string kind)
    {
        var good = _good[kind];
        string[] forged =
        [
            "", good[..^1], good[..(good.Length / 2)], good + "A", good[1..], good + good, good.ToUpperInvariant(),
            $"{good[..20]}{(good[20] == 'A' ? 'B' : 'A')}{good[21..]}", $"{good[..^2]}{(good[^2] == 'A' ? 'B' : 'A')}{good[^1]}",
        ];

        foreach (var text in forged)
            Assert.Equal(401, await MeAsync(header, before + text));
    }

    [Theory]
    [InlineData("Basic ")]
    [InlineData("")]
    [InlineData("Bearer: ")]
    public async Task AccessToken_IsNobodys_InAnotherScheme(string scheme) =>
        Assert.Equal(401, await MeAsync("Authorization", scheme + _good["access"]));

    [Theory]
    [InlineData("/API/V1/CONVERSATIONS")]
    [InlineData("/api/v1/conversations/")]
    [InlineData("/api/v1//conversations")]
    [InlineData("//api/v1/conversations")]
    [InlineData("/api/v1/./conversations")]
    [InlineData("/api/v1/%2e/conversations")]
    [InlineData("/api/v1/%2e%2e/v1/conversations")]
    [InlineData("/health/../api/v1/conversations")]
    [InlineData("/health/%2e%2e/api/v1/conversations")]
    [InlineData("/api/v1/setup/..%2fconversations")]
    [InlineData("/api%2fv1%2fconversations")]
    [InlineData("/api/v1/%63onversations")]
    [InlineData("/api/v1/conversations;x=y")]
    [InlineData("/api/v1/conversations%00")]
    [InlineData("/api/v1/conversations%20")]
    [InlineData("\\api\\v1\\conversations")]
    public async Task Path_OpensNothingToNobody_HoweverItIsWritten(string path)
    {
        using var connection = await RawConnection.OpenAsync(_server.BaseAddress);
        await connection.SendAsync($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.Matches("^HTTP/1.1 (400|401|404) ", await connection.ReadHeadAsync());
    }

    private async Task<int> MeAsync(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await _server.Client.SendAsync(request, Token);
        return (int)answer.StatusCode;
    }
}
