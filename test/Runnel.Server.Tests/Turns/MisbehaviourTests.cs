using System.Text.Json;
using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;
using Canned = Runnel.Fakes.Answers;

namespace Runnel.Server.Tests.Turns;

/// <summary>Whatever a model's server sends: one end, the text of the stream in the history, and nothing between that should not be.
/// </summary>
public class MisbehaviourTests(HastyTalk hasty) : IClassFixture<HastyTalk>, IAsyncLifetime
{
    private const string Page = "<html><body>Welcome to nginx</body></html>";
    private const string Refusal = """{"refusal":"I cannot help with that."}""";

    private readonly Talk _talk = hasty.Talk;
    private Speaker _speaker = null!;

    public static TheoryData<string, Answer, string, bool, string> Broken => new()
    {
        { "keep-alives for ever", Forever("", ": keep-alive\n\n"), "upstream_timeout", true, "" },
        { "roles for ever", Forever("", Chunk(Wire.Role())), "upstream_timeout", true, "" },
        { "empty deltas for ever", Forever("", Chunk(Wire.Empty()) + Chunk(Wire.Text(""))), "upstream_timeout", true, "" },
        { "keep-alives after text", Forever(Chunk(Wire.Text("one")), ": keep-alive\n\n"), "upstream_stalled", true, "one" },
        { "reasoning, then nothing", Forever(Chunk(Wire.Reasoning("why")), ": keep-alive\n\n"), "upstream_stalled", true, "" },
        { "an empty body", Canned.Raw(""), "upstream_closed", true, "" },
        { "only a role", Canned.Raw(Chunk(Wire.Role())), "upstream_closed", true, "" },
        { "half a chunk", Canned.Raw(Chunk(Wire.Text("one")) + "data: {\"choices\":[{\"del"), "upstream_closed", true, "one" },
        { "no JSON", Canned.Raw(Chunk(Wire.Text("one")) + Chunk("{oops}")), "upstream_malformed", true, "one" },
        {
            "an error object",
            Canned.Raw(Chunk(Wire.Text("one")) + Chunk("""{"error":{"message":"bad"}}""")), "upstream_rejected", false, "one"
        },
        { "a page", Canned.Http(200, "text/html", Page), "upstream_malformed", false, "" },
        { "a page that calls itself a text", Canned.Http(200, "text/plain", Page), "upstream_malformed", false, "" },
        {
            "another address",
            Canned.Http(302, "text/plain", "", ("Location", "http://127.0.0.1:9/v1")), "upstream_rejected", false, ""
        },
        { "a wrong path", Canned.Http(404, "text/html", Page), "upstream_rejected", false, "" },
        { "a refusal", Canned.Raw(Chunk(Wire.Choice(Refusal, null))), "content_refused", false, "" },
        {
            "a filter on the question",
            Canned.Http(400, "application/json", """{"error":{"code":"content_filter"}}"""), "content_refused", false, ""
        },
    };

    public static TheoryData<string, Answer, string, string> Odd => new()
    {
        { "no [DONE]", Canned.Raw(Chunk(Wire.Text("one")) + Chunk(Wire.Finish("stop"))), "one", "stop" },
        { "no reason to finish", Canned.Raw(Chunk(Wire.Text("one")) + Chunk("[DONE]")), "one", "stop" },
        { "an unknown reason", Canned.Raw(Chunk(Wire.Text("one")) + Chunk(Wire.Finish("eos_token"))), "one", "stop" },
        { "too long", Canned.Raw(Chunk(Wire.Text("one")) + Chunk(Wire.Finish("length"))), "one", "length" },
        {
            "a filter on the answer",
            Canned.Raw(Chunk(Wire.Text("one")) + Chunk(Wire.Finish("content_filter"))), "one", "content_filter"
        },
        { "nothing to say", Canned.Raw(Chunk(Wire.Finish("stop"))), "", "stop" },
        { "lines with CR and LF", Canned.Raw("data: " + Wire.Text("one") + "\r\n\r\ndata: [DONE]\r\n\r\n"), "one", "stop" },
        { "one whole document", Canned.Http(200, "application/json", Whole("one")), "one", "stop" },
        { "characters in two reads", Split("北京😀", at: 1), "北京😀", "stop" },
        {
            "characters in two halves",
            Canned.Raw(Chunk(Delta("\\ud83d")) + Chunk(Delta("\\ude00")) + Chunk("[DONE]")), "😀", "stop"
        },
        {
            "900 kB at once",
            Canned.Raw(Chunk(Wire.Text(new string('h', 900 * 1024))) + Chunk("[DONE]")), new string('h', 900 * 1024), "stop"
        },
        {
            "100,000 tiny pieces",
            Canned.Raw(string.Concat(Enumerable.Repeat(Chunk(Wire.Text("x")), 100_000)) + Chunk("[DONE]")), new string('x', 100_000), "stop"
        },
    };

    public async ValueTask InitializeAsync() => _speaker = await _talk.NewSpeakerAsync();

    public ValueTask DisposeAsync()
    {
        _speaker.Client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task WhatIsNoAnswer_EndsOnce_WithItsCode_AndKeepsTheText(
        string what, Answer answer, string code, bool isRetryable, string text)
    {
        var end = await AskAsync(what, answer, "failed", text);

        Assert.Equal([TurnEvents.Error, code], end.Texts("type code"));
        Assert.Equal(isRetryable, end.GetProperty("retryable").GetBoolean());
        Assert.Equal(text, end.Text("partial_content"));
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task WhatIsOnlyOdd_IsAWholeAnswer(string what, Answer answer, string text, string reason)
    {
        var end = await AskAsync(what, answer, "complete", text);

        Assert.Equal([TurnEvents.Complete, reason, text], end.Texts("type finish_reason final_content"));
    }

    [Fact]
    public async Task ARedirect_IsNotFollowed_SoThatTheKeyStaysHere()
    {
        await using var other = await FakeUpstream.StartAsync();
        var moved = Canned.Http(307, "text/plain", "", ("Location", other.BaseUrl + "/chat/completions"));

        await AskAsync("go", moved, "failed", "");

        Assert.Empty(other.Requests);
    }

    /// <summary>Asks in a conversation of its own; the terminal event's data, after everything else was compared.</summary>
    private async Task<JsonElement> AskAsync(string what, Answer answer, string status, string text)
    {
        _talk.Upstream.Enqueue(answer);
        var sent = await _speaker.SendAsync(what);
        var thread = sent.Text("thread_id");
        using var stream = await _speaker.OpenAsync(
            $"{Speaker.Api}/{thread}/stream?accumulated=false&after={sent.Text("cursor")}");
        var events = await stream.UntilAsync(next => next.IsEnd());
        var message = (await _speaker.MessagesAsync(thread)).Items()[1];
        Assert.Equal(text, events.Joined());
        Assert.Equal([text, status], message.Texts("content status"));
        Assert.NotEqual(JsonValueKind.Null, message.GetProperty("usage").ValueKind);
        await _speaker.SendAsync("again", thread);
        var next = await stream.UntilAsync(next => next.IsEnd());
        Assert.Equal("user_message", next[0].Event);
        return events[^1].Data;
    }

    private static string Chunk(string data) => $"data: {data}\n\n";

    private static string Delta(string content) => Wire.Choice($$"""{"content":"{{content}}"}""", null);

    private static string Whole(string text) =>
        $$"""{"choices":[{"message":{"role":"assistant","content":"{{text}}"},"finish_reason":"stop"}]}""";

    private static Answer Forever(string first, string then) => async (writer, clientGone) =>
    {
        await writer.RawAsync(first);
        while (true)
        {
            await writer.RawAsync(then);
            await Task.Delay(TimeSpan.FromMilliseconds(50), clientGone); // polls: what goes on is the pace of the fault
        }
    };

    /// <summary>Cut within the bytes of a character.</summary>
    private static Answer Split(string text, int at) => async (writer, _) =>
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(
            Chunk(Delta(text)) + Chunk("[DONE]"));
        var first = Array.FindIndex(bytes, next => next >= 0x80) + at;
        await writer.RawAsync(bytes.AsMemory(0, first));
        await writer.RawAsync(bytes.AsMemory(first));
    };
}
