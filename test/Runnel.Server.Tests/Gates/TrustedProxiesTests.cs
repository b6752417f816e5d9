using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Gates;

public class TrustedProxiesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.0.0.1, 127.0.0.0/8", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("", false)]
    public async Task ForwardedAddress_IsBelieved_OnlyFromATrustedProxy(string proxies, bool believed)
    {
        await using var server = await RunnelServer.StartAsync(
            $"Http:TrustedProxies={proxies}", "Limits:RequestsPerMinute=1");

        var statuses = new List<int>();
        foreach (var client in new[] { "192.0.2.1", "192.0.2.2", "192.0.2.2" })
        {
            using var answer = await GetAsync(server, "/api/v1/setup", ("X-Forwarded-For", client));
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal(believed ? [200, 200, 429] : [200, 429, 429], statuses);
    }

    [Fact]
    public async Task ForwardedAddress_IsTheLastThatNoProxySaid_WhateverTheClientPutBefore()
    {
        await using var server = await RunnelServer.StartAsync(
            "Http:TrustedProxies=127.0.0.1,10.0.0.0/8", "Limits:RequestsPerMinute=1");

        using var first = await GetAsync(server, "/api/v1/setup", ("X-Forwarded-For", "1.1.1.1, 192.0.2.1, 10.0.0.7"));
        using var second = await GetAsync(server, "/api/v1/setup", ("X-Forwarded-For", "2.2.2.2, 192.0.2.1, 10.0.0.8"));

        Assert.Equal((200, 429), ((int)first.StatusCode, (int)second.StatusCode));
    }

    [Theory]
    [InlineData("127.0.0.1", "example.org", true)]
    [InlineData("127.0.0.1", "localhost", false)]
    [InlineData("", "example.org", false)]
    public async Task Browser_IsToldToStayWithTls_OnlyBehindIt(string proxies, string host, bool told)
    {
        await using var server = await RunnelServer.StartAsync($"Http:TrustedProxies={proxies}");

        using var answer = await GetAsync(server, "/", ("X-Forwarded-Proto", "https"), ("Host", host));

        Assert.Equal(told, answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Metrics_StayClosed_ToWhoComesThroughATrustedProxyOnThisMachine()
    {
        await using var server = await RunnelServer.StartAsync("Http:TrustedProxies=127.0.0.1");

        using var answer = await GetAsync(server, "/metrics", ("X-Forwarded-For", "127.0.0.1"));

        await answer.ProblemAsync(404, "not_found");
    }

    private static async Task<HttpResponseMessage> GetAsync(
        RunnelServer server, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await server.Client.SendAsync(request, Token);
    }
}
