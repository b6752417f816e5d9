using System.Net;
using System.Net.Http.Headers;
using Runnel.Server.Configuration;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Metrics;

public class MetricsAccessTests
{
    private const string Token = "0123456789abcdef";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.0.2.7", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    public async Task WithoutAToken_OnlyThisMachineFindsThem(string from, bool isOpen)
    {
        await using var server = await RunnelServer.StartAsync(builder => Scraping.ConnectFrom(builder, from));

        using var answer = await server.Client.GetAsync("/metrics", Cancellation);

        if (isOpen)
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        else
            await answer.ProblemAsync(404, "not_found");
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer 0123456789abcdeF", 401)]
    [InlineData("Bearer 0123456789abcdef0", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Basic 0123456789abcdef", 401)]
    [InlineData("Bearer 0123456789abcdef", 200)]
    [InlineData("bearer  0123456789abcdef", 200)]
    public async Task WithAToken_WhoHasItReadsThemFromAnywhere(string? authorization, int status)
    {
        await using var server = await RunnelServer.StartAsync(
            builder => Scraping.ConnectFrom(builder, "192.0.2.7"), $"Metrics:Token={Token}");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await server.Client.SendAsync(request, Cancellation);

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 200)
            return;
        await answer.ProblemAsync(401, "unauthenticated");
        Assert.Equal([new AuthenticationHeaderValue("Bearer")], answer.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task AUser_IsNoScraper()
    {
        await using var server = await RunnelServer.StartAsync(
            builder => Scraping.ConnectFrom(builder, "192.0.2.7"), $"Metrics:Token={Token}");
        using var user = await server.NewUserAsync();

        using var answer = await user.GetAsync("/metrics", Cancellation);

        await answer.ProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    [InlineData("X-Real-IP")]
    public async Task WhatAProxyOnThisMachineSendsOn_IsNotFromThisMachine(string header)
    {
        await using var server = await RunnelServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add(header, "127.0.0.1");

        using var answer = await server.Client.SendAsync(request, Cancellation);

        await answer.ProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task AForwardedAddress_OpensNothing_EvenWhereProxiesAreTrusted()
    {
        await using var server = await RunnelServer.StartAsync(
            builder => Scraping.ConnectFrom(builder, "192.0.2.7"), "ForwardedHeaders_Enabled=true");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "127.0.0.1");

        using var answer = await server.Client.SendAsync(request, Cancellation);

        await answer.ProblemAsync(404, "not_found");
    }

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    [InlineData("0123456789 abcdef")]
    [InlineData("0123456789abcdef\n")]
    public async Task Token_ThatNoHeaderCouldCarry_StopsTheStart_AndIsNotShown(string token)
    {
        var exception = await Assert.ThrowsAsync<ConfigurationException>(
            () => RunnelServer.StartAsync($"Metrics:Token={token}"));

        Assert.Equal(
            "Configuration: Metrics:Token must be 16 to 256 of the characters A-Z a-z 0-9 . _ ~ + / = -.", exception.Message);
    }
}
