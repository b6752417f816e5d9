using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Gates;

public class ConnectionLimitTests
{
    private const string Live = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    private const string Served = "HTTP/1.1 200 OK";
    private const string Refused = "HTTP/1.1 503 Service Unavailable";

    [Fact]
    public async Task Connection_BeyondTheLimit_IsToldSo_AndItsPlaceComesFreeAgain()
    {
        await using var server = await RunnelServer.StartAsync("Limits:Connections=3");
        var open = new List<RawConnection>();
        for (var i = 0; i < 3; i++)
        {
            open.Add(await RawConnection.OpenAsync(server.BaseAddress));
            Assert.StartsWith(Served, await AskAsync(open[i]), StringComparison.Ordinal);
        }

        for (var again = 0; again < 3; again++)
        {
            using var refused = await RawConnection.OpenAsync(server.BaseAddress);
            await refused.SendAsync(Live);
            var answer = await refused.ReadToEndAsync();
            Assert.StartsWith(Refused, answer, StringComparison.Ordinal);
            Assert.Contains("Content-Type: application/problem+json", answer, StringComparison.Ordinal);
            Assert.Contains("Retry-After: 1", answer, StringComparison.Ordinal);
            Assert.Contains("\"code\":\"too_many_connections\",\"trace_id\":\"", answer, StringComparison.Ordinal);
        }

        Assert.StartsWith(Served, await AskAsync(open[1]), StringComparison.Ordinal);
        open[0].Dispose();
        await UntilServedAsync(server);
        open.ForEach(connection => connection.Dispose());
    }

    [Fact]
    public async Task Problem_OfARefusedConnection_IsWhatAClientReads()
    {
        await using var server = await RunnelServer.StartAsync("Limits:Connections=1");
        using var only = await RawConnection.OpenAsync(server.BaseAddress);
        await AskAsync(only);

        using var answer = await server.Client.PostJsonAsync("/api/v1/auth/login", "{}");

        await answer.ProblemAsync(503, "too_many_connections");
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("GET /api/v1/conversations/stream HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001")]
    [InlineData("")]
    public async Task Connection_IsClosedWithoutAWord_WhereAnAnswerWouldBeNoHelp(string request)
    {
        await using var server = await RunnelServer.StartAsync("Limits:Connections=1");
        using var only = await RawConnection.OpenAsync(server.BaseAddress);
        await AskAsync(only);
        using var refused = await RawConnection.OpenAsync(server.BaseAddress);
        await refused.SendAsync(request);

        Assert.Empty(await refused.ReadToEndAsync());
    }

    private static async Task<string> AskAsync(RawConnection connection)
    {
        await connection.SendAsync(Live);
        return await connection.ReadChunkedAsync();
    }

    /// <summary>The server tells nobody when it has seen that a connection is closed.</summary>
    private static async Task UntilServedAsync(RunnelServer server)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            using var next = await RawConnection.OpenAsync(server.BaseAddress);
            await next.SendAsync(Live);
            if ((await next.ReadHeadAsync()).StartsWith(Served, StringComparison.Ordinal))
                return;
        }
    }
}
