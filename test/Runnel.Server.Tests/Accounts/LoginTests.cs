using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Accounts;

public class LoginTests
{
    private const string Anna = "anna@example.org";
    private const string Right = "correct horse";

    private readonly FakeTime _time = new();
    private readonly CountingHasher _hasher = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Login_GivesTokens_ForTheRightPassword()
    {
        await using var server = await StartAsync();

        using var answer = await LoginAsync(server, "ANNA@example.org", Right);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty((await answer.JsonAsync()).Text("access_token"));
    }

    [Theory]
    [InlineData(Anna, "wrong")]
    [InlineData(Anna, "")]
    [InlineData(Anna, null)]
    [InlineData("nobody@example.org", Right)]
    [InlineData("", Right)]
    [InlineData(null, null)]
    public async Task Login_AnswersAlike_AndChecksOneHash_WhateverIsWrong(string? email, string? password)
    {
        await using var server = await StartAsync();

        using var answer = await LoginAsync(server, email, password);

        var problem = await answer.ProblemAsync(401, "wrong_credentials");
        Assert.Equal("Check the e-mail address and the password.", problem.Text("detail"));
        Assert.Equal(1, _hasher.Checks);
    }

    [Fact]
    public async Task Account_IsClosedToGuessing_BeforeAnythingIsHashed_AndOpensAfterAMinute()
    {
        await using var server = await StartAsync("Limits:FailedLoginsPerMinute=3");
        for (var attempt = 0; attempt < 3; attempt++)
            await (await LoginAsync(server, Anna, "wrong")).ProblemAsync(401, "wrong_credentials");
        _time.Advance(TimeSpan.FromSeconds(20));

        using var refused = await LoginAsync(server, Anna, Right);
        var checks = _hasher.Checks;
        _time.Advance(TimeSpan.FromSeconds(40));
        using var accepted = await LoginAsync(server, Anna, Right);

        await refused.ProblemAsync(429, "too_many_attempts");
        Assert.Equal(TimeSpan.FromSeconds(40), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(3, checks);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
    }

    [Fact]
    public async Task Address_IsClosedToGuessing_AcrossAccounts()
    {
        await using var server = await StartAsync("Limits:FailedLoginsPerMinute=3");
        for (var attempt = 0; attempt < 3; attempt++)
            await (await LoginAsync(server, $"nobody{attempt}@example.org", "x")).ProblemAsync(401, "wrong_credentials");

        using var refused = await LoginAsync(server, Anna, Right);

        await refused.ProblemAsync(429, "too_many_attempts");
    }

    [Fact]
    public async Task Login_IsNotLimited_WhileThePasswordIsRight()
    {
        await using var server = await StartAsync("Limits:FailedLoginsPerMinute=2");

        for (var attempt = 0; attempt < 6; attempt++)
        {
            using var answer = await LoginAsync(server, Anna, Right);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Guesses_DoNotSlipThrough_WhenManyComeAtOnce()
    {
        await using var server = await StartAsync("Limits:FailedLoginsPerMinute=3");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => LoginAsync(server, Anna, "wrong")));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(17, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
        Assert.Equal(3, _hasher.Checks);
    }

    private static Task<HttpResponseMessage> LoginAsync(RunnelServer server, string? email, string? password) =>
        server.Client.PostAsJsonAsync("/api/v1/auth/login", new { email, password }, Token);

    private async Task<RunnelServer> StartAsync(params string[] settings)
    {
        var server = await RunnelServer.StartAsync(
            builder => builder.Services
                .AddSingleton<TimeProvider>(_time)
                .AddSingleton<IPasswordHasher<Account>>(_hasher),
            settings);
        using var anna = await server.NewUserAsync(Anna);
        return server;
    }
}
