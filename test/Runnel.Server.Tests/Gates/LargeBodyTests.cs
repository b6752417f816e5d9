using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Gates;

/// <summary>Ten megabytes where one is allowed, from clients that read no answer before they have sent it all.</summary>
public class LargeBodyTests
{
    private const int Length = 10 * 1024 * 1024;
    private const int Chunk = 64 * 1024;

    private static readonly string Text = string.Concat("{\"message\":\"", new string('x', Length - 14), "\"}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_IsRefusedWithAProblem_AfterAllOfItWasSent(bool chunked)
    {
        await using var server = await RunnelServer.StartAsync();
        using var user = await server.NewUserAsync();
        using var connection = await RawConnection.OpenAsync(server.BaseAddress);

        await connection.SendAsync(Head(user, chunked, "Connection: close\r\n"));
        await connection.SendAsync(Encoding.ASCII.GetBytes(chunked ? Chunked(Text) : Text));

        AssertRefused(await connection.ReadToEndAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connection_GoesOn_AfterABodyThatWasRefused(bool chunked)
    {
        await using var server = await RunnelServer.StartAsync();
        using var user = await server.NewUserAsync();
        for (var round = 0; round < 3; round++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/conversations/send")
            {
                Content = new StringContent(Text, Encoding.ASCII, "application/json"),
            };
            request.Headers.TransferEncodingChunked = chunked;
            using var refused = await user.SendAsync(request, Token);
            await refused.ProblemAsync(413, "body_too_large");
        }

        using var next = await user.PostAsJsonAsync("/api/v1/conversations/send", new { message = "hello" }, Token);
        Assert.Equal(HttpStatusCode.Accepted, next.StatusCode);
    }

    [Fact]
    public async Task ClientThatAsksFirst_IsRefused_BeforeItHasSentAnything()
    {
        await using var server = await RunnelServer.StartAsync();
        using var user = await server.NewUserAsync();
        using var connection = await RawConnection.OpenAsync(server.BaseAddress);

        await connection.SendAsync(Head(user, chunked: false, "Expect: 100-continue\r\n"));

        Assert.StartsWith("HTTP/1.1 413 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientThatAsksFirst_AndDoesNotSayHowMuch_IsRefused_AfterAllOfItWasSent()
    {
        await using var server = await RunnelServer.StartAsync();
        using var user = await server.NewUserAsync();
        using var connection = await RawConnection.OpenAsync(server.BaseAddress);

        await connection.SendAsync(Head(user, chunked: true, "Connection: close\r\nExpect: 100-continue\r\n"));
        Assert.StartsWith("HTTP/1.1 100 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        await connection.SendAsync(Encoding.ASCII.GetBytes(Chunked(Text)));

        AssertRefused(await connection.ReadToEndAsync());
    }

    [Fact]
    public async Task Body_ThatDoesNotSayHowLongItIs_IsTaken_UpToTheLimit()
    {
        await using var server = await RunnelServer.StartAsync("Limits:BodyBytes=2048");
        using var user = await server.NewUserAsync();
        foreach (var (length, status) in new[] { (2048, 202), (2049, 413) })
        {
            using var connection = await RawConnection.OpenAsync(server.BaseAddress);
            var text = "{\"message\":\"hello\"}".PadRight(length);
            await connection.SendAsync(Head(user, chunked: true, "Connection: close\r\n") + Chunked(text));

            Assert.StartsWith($"HTTP/1.1 {status} ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    private static void AssertRefused(string answer)
    {
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"body_too_large\"", answer, StringComparison.Ordinal);
    }

    private static string Head(HttpClient user, bool chunked, string more) => string.Create(
        CultureInfo.InvariantCulture,
        $"POST /api/v1/conversations/send HTTP/1.1\r\nHost: x\r\nAuthorization: {user.DefaultRequestHeaders.Authorization}\r\n"
        + $"Content-Type: application/json\r\n{(chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {Length}")}\r\n{more}\r\n");

    private static string Chunked(string text)
    {
        var body = new StringBuilder();
        for (var at = 0; at < text.Length; at += Chunk)
        {
            var chunk = text.AsSpan(at, Math.Min(Chunk, text.Length - at));
            body.Append(CultureInfo.InvariantCulture, $"{chunk.Length:x}\r\n").Append(chunk).Append("\r\n");
        }

        return body.Append("0\r\n\r\n").ToString();
    }
}
