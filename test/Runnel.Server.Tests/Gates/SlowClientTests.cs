using System.Net;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Gates;

/// <summary>Who sends a byte now and then holds a connection for some seconds, and nothing of anybody else's.</summary>
public class SlowClientTests
{
    private const int Many = 50;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Headers_ThatComeAByteAtATime_AreCut_AndOthersAreServedMeanwhile()
    {
        await using var server = await RunnelServer.StartAsync();

        var answers = await CutAsync(server, "GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: ", "abcdefgh");

        Assert.All(answers, answer => Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Content-Length: 100000\r\n\r\n{\"email\":\"", "a")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nA\r\n{\"email\":\"\r\n", "1\r\na\r\n")]
    public async Task Body_ThatComesAByteAtATime_IsCut_WithAProblem_AndOthersAreServedMeanwhile(string begin, string more)
    {
        await using var server = await RunnelServer.StartAsync();

        var answers = await CutAsync(
            server, $"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{begin}", more);

        Assert.All(answers, answer =>
        {
            Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
            Assert.Contains("\"code\":\"request_timeout\"", answer, StringComparison.Ordinal);
        });
    }

    /// <summary>What slow clients were told when they were cut, while somebody else was served all the time.</summary>
    private static async Task<string[]> CutAsync(RunnelServer server, string begin, string more)
    {
        var user = await server.NewUserAsync();
        var slow = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => RawConnection.OpenAsync(server.BaseAddress)));
        var cut = Task.WhenAll(slow.Select(async connection =>
        {
            await connection.SendAsync(begin);
            var trickle = connection.TrickleAsync(more);
            var answer = await connection.ReadToEndAsync();
            connection.Dispose();
            await trickle;
            return answer;
        }));
        do
        {
            using var answer = await user.GetAsync(new Uri("/api/v1/conversations", UriKind.Relative), Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        while (await Task.WhenAny(cut, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Token)) != cut);

        return await cut;
    }
}
