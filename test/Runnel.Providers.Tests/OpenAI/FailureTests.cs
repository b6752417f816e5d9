using System.Net.Sockets;
using Runnel.Fakes;
using Runnel.Providers.Tests.Fakes;

namespace Runnel.Providers.Tests.OpenAI;

public class FailureTests
{
    private const string Begun = "data: {\"choices\":[{\"delta\":{\"content\":\"Be\"}}]}\n\n";

    [Theory]
    [InlineData(400, "upstream_rejected", false)]
    [InlineData(401, "upstream_rejected", false)]
    [InlineData(403, "upstream_rejected", false)]
    [InlineData(404, "upstream_rejected", false)]
    [InlineData(422, "upstream_rejected", false)]
    [InlineData(302, "upstream_rejected", false)]
    [InlineData(308, "upstream_rejected", false)]
    [InlineData(429, "upstream_unavailable", true)]
    [InlineData(500, "upstream_unavailable", true)]
    [InlineData(502, "upstream_unavailable", true)]
    [InlineData(503, "upstream_unavailable", true)]
    [InlineData(504, "upstream_unavailable", true)]
    public async Task Status_HasItsCode(int status, string code, bool retryable)
    {
        var failure = await FailAsync(CannedServer.Refusing(status));
        Assert.Equal((code, retryable, status), (failure.WireCode, failure.IsRetryable, failure.Status!.Value));
    }

    [Theory]
    [InlineData(401, "refused the API key")]
    [InlineData(404, "does not know the model or path")]
    [InlineData(429, "Wait a moment")]
    [InlineData(302, "final address")]
    public async Task Status_SaysWhatToDo(int status, string words) =>
        Assert.Contains(words, (await FailAsync(CannedServer.Refusing(status))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Thu, 01 Jan 2026 00:00:20 GMT", 20)]
    [InlineData("Wed, 31 Dec 2025 00:00:00 GMT", 0)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public async Task RetryAfter_IsRead_AsSecondsOrDate(string? header, int? seconds)
    {
        var failure = await FailAsync(CannedServer.Refusing(429, retryAfter: header));
        Assert.Equal(seconds, (int?)failure.RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData("""data: {"choices":[{"delta":{"content":oops""" + "\n\n", "upstream_malformed")]
    [InlineData("data: hello\n\n", "upstream_malformed")]
    [InlineData("data: {} {}\n\n", "upstream_malformed")]
    [InlineData("data: hello\n", "upstream_malformed")]
    [InlineData("data: [1]\n\n", "upstream_malformed")]
    [InlineData("", "upstream_closed")]
    [InlineData(": only a comment\n\n", "upstream_closed")]
    [InlineData("""data: {"choices":[{"delta":{"cont""", "upstream_closed")]
    [InlineData("""data: {"error":{"message":"no","type":"invalid_request_error","code":null}}""" + "\n\n", "upstream_rejected")]
    [InlineData("""data: {"error":{"message":"Overloaded","type":"overloaded_error"}}""" + "\n\n", "upstream_unavailable")]
    [InlineData("""data: {"error":{"code":502,"message":"Provider disconnected"}}""" + "\n\n", "upstream_unavailable")]
    [InlineData("""data: {"error":"something"}""" + "\n\n", "upstream_rejected")]
    [InlineData("""data: {"object":"error","message":"bad","code":400}""" + "\n\n", "upstream_rejected")]
    [InlineData("""data: {"object":"error","message":"bad","code":503}""" + "\n\n", "upstream_unavailable")]
    [InlineData("""error: {"code":500,"message":"slot"}""" + "\n\n", "upstream_unavailable")]
    [InlineData("""{"error":"model runner has stopped"}""" + "\n", "upstream_rejected")]
    [InlineData("event: error\ndata: {\"message\":\"no\"}\n\n", "upstream_rejected")]
    [InlineData("""data: {"choices":[{"delta":{},"finish_reason":"error"}]}""" + "\n\n", "upstream_unavailable")]
    [InlineData("""data: {"choices":[{"delta":{"refusal":"I cannot"}}]}""" + "\n\n", "content_refused")]
    [InlineData("""data: {"error":{"code":"content_filter","message":"x"}}""" + "\n\n", "content_refused")]
    public async Task Stream_ThatGoesWrong_HasItsCode_AtOnceAndAfterText(string wire, string code)
    {
        Assert.Equal(code, (await FailAsync(CannedServer.Stream(wire))).WireCode);
        Assert.Equal(code, (await FailAsync(CannedServer.Stream(Begun, wire))).WireCode);
    }

    [Theory]
    [InlineData("text/html", "<html>")]
    [InlineData("text/html; charset=utf-8", "data: [DONE]\n\n")]
    [InlineData("application/json", "  <!doctype html>")]
    [InlineData(null, "<html>")]
    public async Task Page_InsteadOfAnAnswer_IsMalformed_AndNotWorthRepeating(string? contentType, string body)
    {
        var failure = await FailAsync(CannedServer.Typed(contentType, body));
        Assert.Equal(("upstream_malformed", false), (failure.WireCode, failure.IsRetryable));
    }

    [Fact]
    public async Task Line_BeyondFourMegabytes_IsMalformed()
    {
        var half = new string('x', 2 * 1024 * 1024);
        Assert.Equal("upstream_malformed", (await FailAsync(CannedServer.Stream("data: ", half, half, half))).WireCode);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.ResponseEnded)]
    public async Task Connection_ThatCannotBeMade_IsUnavailable(HttpRequestError error)
    {
        var failure = await FailAsync(CannedServer.Throwing(new HttpRequestException(error, "boom")));
        Assert.Equal(("upstream_unavailable", true), (failure.WireCode, failure.IsRetryable));
    }

    [Fact]
    public async Task Reset_BeforeContent_IsUnavailable_AfterItClosed()
    {
        var reset = new IOException("gone", new SocketException(104));
        Assert.Equal("upstream_unavailable", (await FailAsync(CannedServer.Stream([], reset))).WireCode);
        byte[] begun = [.. Begun.Select(letter => (byte)letter)];
        Assert.Equal("upstream_closed", (await FailAsync(CannedServer.Stream([begun], reset))).WireCode);
    }

    [Fact]
    public async Task Reset_AfterTheFinishReason_TakesNothingFromAWholeAnswer()
    {
        byte[] whole = [.. (Begun + "data: " + Wire.Finish("length") + "\n\n").Select(letter => (byte)letter)];
        var heard = await CannedServer.Stream([whole], new IOException("gone")).AskAsync();
        Assert.Equal(("Be", "length"), (heard.Text, heard.Finish));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(400)]
    [InlineData(503)]
    [InlineData(200)]
    public async Task Message_NamesTheHost_AndNothingThatIsSecret(int status)
    {
        var body = $$$"""{"error":{"message":"Incorrect API key provided: {{{CannedServer.Key}}}","code":"SECRET-CODE"}}""";
        var failure = await FailAsync(CannedServer.Refusing(status, body));
        Assert.Contains("model.example:8443", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(CannedServer.Key, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET-CODE", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("/v1", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{closed}/v1", "could not be reached")]
    [InlineData("http://no-such-host.invalid/v1", "No server was found")]
    [InlineData("https://127.0.0.1:{open}/v1", "No secure connection")]
    public async Task RealNetworkFault_IsTold(string baseUrl, string words)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var address = baseUrl
            .Replace("{closed}", "1", StringComparison.Ordinal)
            .Replace("{open}", $"{new Uri(upstream.BaseUrl).Port}", StringComparison.Ordinal);
        using var client = Real.Client(address);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => Heard.FromAsync(client));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Equal(ProviderError.Unavailable, failure.Code);
    }

    [Fact]
    public async Task TimeLimitOfTheHttpClient_IsATimeout()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.Enqueue(Answers.Hang);
        using var client = Real.Client(upstream.BaseUrl, limit: TimeSpan.FromMilliseconds(100));
        var failure = await Assert.ThrowsAsync<ProviderException>(() => Heard.FromAsync(client));
        Assert.Equal(ProviderError.Timeout, failure.Code);
    }

    private static async Task<ProviderException> FailAsync(CannedServer server)
    {
        using var client = server.Client(time: new ManualClock());
        return await Assert.ThrowsAsync<ProviderException>(() => Heard.FromAsync(client));
    }
}
