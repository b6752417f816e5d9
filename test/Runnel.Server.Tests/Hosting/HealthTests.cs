using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Hosting;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Tests.Hosting;

public class HealthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Server_IsLiveAndReady_WhenItHasStarted(string path)
    {
        await using var server = await RunnelServer.StartAsync();

        using var answer = await server.Client.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Server_IsLiveButNotReady_WhenItDrains()
    {
        await using var server = await RunnelServer.StartAsync();

        server.Services.GetRequiredService<Readiness>().Drain();

        using var ready = await server.Client.GetAsync("/health/ready", Token);
        await ready.ProblemAsync(503, "draining");
        Assert.NotNull(ready.Headers.RetryAfter);
        using var live = await server.Client.GetAsync("/health/live", Token);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task Server_IsNotReady_WhenItsDatabaseDoesNotAnswer()
    {
        await using var server = await RunnelServer.StartAsync();
        using (var connection = server.Services.GetRequiredService<SqliteDatabase>().Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "alter table users rename to lost";
            command.ExecuteNonQuery();
        }

        using var ready = await server.Client.GetAsync("/health/ready", Token);

        await ready.ProblemAsync(503, "not_ready");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health/live")]
    [InlineData("/nowhere")]
    public async Task Answer_TellsBrowsersWhatToTrust_WhateverItIs(string path)
    {
        await using var server = await RunnelServer.StartAsync();

        using var answer = await server.Client.GetAsync(path, Token);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        foreach (var part in new[] { "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'" })
            Assert.Contains(part, policy, StringComparison.Ordinal);
        Assert.Contains(path == "/" ? "script-src 'self';" : "default-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
    }
}
