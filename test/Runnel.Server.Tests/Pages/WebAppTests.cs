using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Pages;

public sealed partial class WebAppTests(Talk talk) : IClassFixture<Talk>
{
    private readonly RunnelServer _server = talk.Server;

    [Theory]
    [InlineData("/")]
    [InlineData("/c/01a2")]
    [InlineData("/humans/7/training")]
    [InlineData("/settings/keys")]
    public async Task ARouteOfTheApp_IsAnsweredWithItsPage_UnderAPolicyWithoutInlineCode(string path)
    {
        using var answer = await _server.Client.GetAsync(path, TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("<div id=\"root\">", page, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe",
            policy.Replace("style-src-attr 'unsafe-inline'", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("https:", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.Contains(Nonce().Match(policy).Groups[1].Value, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANonce_IsGoodForOneAnswer()
    {
        var (first, second) = (await PolicyAsync(), await PolicyAsync());

        Assert.NotEqual(Nonce().Match(first).Value, Nonce().Match(second).Value);
    }

    [Fact]
    public async Task ImagesOfOtherSites_AreAllowedToWhoWantsThem()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Cookie", "runnel_images=on");
        using var answer = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("img-src 'self' data: https:;", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData(null)]
    public async Task AFileOfTheApp_ComesPackedAsTheBrowserTakesIt_AndIsGoodForAYear(string? encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, await ScriptAsync());
        if (encoding is not null)
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        using var answer = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(encoding is null ? [] : [encoding], answer.Content.Headers.ContentEncoding);
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
        Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
    }

    [Fact]
    public async Task WhatMayChange_IsAskedForAgain()
    {
        using var logo = await _server.Client.GetAsync("/logo.svg", TestContext.Current.CancellationToken);
        using var page = await _server.Client.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.True(logo.Headers.CacheControl?.NoCache);
        Assert.True(page.Headers.CacheControl?.NoCache);
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/assets/nothing.js")]
    [InlineData("/c")]
    public async Task WhatTheAppDoesNotKnow_IsNotFound(string path)
    {
        using var answer = await _server.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Head_IsAnsweredWithoutThePage()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/");
        using var answer = await _server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private async Task<string> PolicyAsync()
    {
        using var answer = await _server.Client.GetAsync("/", TestContext.Current.CancellationToken);
        return answer.Headers.GetValues("Content-Security-Policy").Single();
    }

    private async Task<string> ScriptAsync() =>
        Script().Match(await _server.Client.GetStringAsync("/", TestContext.Current.CancellationToken)).Groups[1].Value;

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("src=\"(/assets/index-[^\"]+\\.js)\"")]
    private static partial Regex Script();
}
