using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Auth.Sessions;

/// <summary>A refresh token is good once.</summary>
public class RotationTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public async Task RefreshToken_GivesTheNextOne_AndTheSessionGoesOn()
    {
        await using var server = await StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        var session = await anna.SessionIdAsync();

        for (var round = 0; round < 3; round++)
        {
            var before = anna.RefreshToken;
            using var answer = await anna.RefreshAsync();
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            anna.Use(await answer.JsonAsync());
            Assert.NotEqual(before, anna.RefreshToken);
        }

        Assert.Equal(session, await anna.SessionIdAsync());
    }

    [Fact]
    public async Task UsedRefreshToken_EndsTheSession_ForWhoeverHasTheNextOneToo()
    {
        await using var server = await StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        using var other = await anna.LoginAgainAsync(server);
        var stolen = anna.RefreshToken;
        using (var answer = await anna.RefreshAsync())
            anna.Use(await answer.JsonAsync());
        _time.Advance(TimeSpan.FromSeconds(11));

        using var reused = await anna.RefreshAsync(stolen);
        using var next = await anna.RefreshAsync();

        await reused.ProblemAsync(401, "invalid_refresh_token");
        await next.ProblemAsync(401, "invalid_refresh_token");
        Assert.Equal(HttpStatusCode.Unauthorized, await anna.MeAsync());
        Assert.Equal(HttpStatusCode.OK, await other.MeAsync());
    }

    [Fact]
    public async Task OlderRefreshToken_EndsTheSession_HoweverSoonItComes()
    {
        await using var server = await StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        var first = anna.RefreshToken;
        for (var round = 0; round < 2; round++)
        {
            using var answer = await anna.RefreshAsync();
            anna.Use(await answer.JsonAsync());
        }

        using var reused = await anna.RefreshAsync(first);

        await reused.ProblemAsync(401, "invalid_refresh_token");
        Assert.Equal(HttpStatusCode.Unauthorized, await anna.MeAsync());
    }

    [Fact]
    public async Task RefreshToken_IsTakenAgain_WhenItsAnswerWasLostAMomentAgo()
    {
        await using var server = await StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        using var lost = await anna.RefreshAsync();
        _time.Advance(TimeSpan.FromSeconds(9));

        using var again = await anna.RefreshAsync();
        anna.Use(await again.JsonAsync());
        using var next = await anna.RefreshAsync();

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await anna.MeAsync());
    }

    [Fact]
    public async Task RefreshToken_GivesEveryWindowTokens_WhenTheyAskAtOnce()
    {
        await using var server = await StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => anna.RefreshAsync()));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, await anna.MeAsync());
    }

    [Fact]
    public async Task Session_Lives_AsLongAsItIsUsedWithinTwoWeeks()
    {
        await using var server = await StartAsync();
        using var anna = await SignedInClient.RegisterAsync(server);
        for (var week = 0; week < 4; week++)
        {
            _time.Advance(TimeSpan.FromDays(13));
            using var answer = await anna.RefreshAsync();
            anna.Use(await answer.JsonAsync());
        }

        Assert.Equal(HttpStatusCode.OK, await anna.MeAsync());
        _time.Advance(TimeSpan.FromDays(14));
        using var late = await anna.RefreshAsync();
        await late.ProblemAsync(401, "invalid_refresh_token");
    }

    private Task<RunnelServer> StartAsync() =>
        RunnelServer.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(_time));
}
