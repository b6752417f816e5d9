using System.Globalization;
using System.Text;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Conversations;

public class TextTests(Talk talk) : IClassFixture<Talk>
{
    private const string Hard = "a\r\nb\rc\n\ndata: x\nid: 0\nevent: y\n: z\u2028\u2029\u0085\t\u0001\u001b\u007f \"q\" \\n "
        + "</script> \u05e9\u05dc\u05d5\u05dd \u202emirror\u202c \u4f60\u597d \ud83d\udc69\u200d\ud83d\udc67 e\u0301 "
        + "\ufeff\ufffe\uffff\ud835\udcb3 ";

    public static TheoryData<string, string> Texts => new()
    {
        { "hard", Hard },
        { "30,000 characters", Long(30_000) },
        { "32,000 characters of two units each", string.Concat(Enumerable.Repeat("\ud83d\ude00", 32_000)) },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Text_PassesUnchanged_ToTheModelAndBack(string what, string text)
    {
        Assert.NotEmpty(what);
        var speaker = await talk.NewSpeakerAsync();
        var sent = await speaker.SendAsync(text);

        using var stream = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        var events = await stream.UntilAsync(TurnEvents.Complete);

        Assert.Equal(text, events[1].Text("content"));
        Assert.Equal(text, talk.Upstream.Requests[^1].LastUserMessage);
        Assert.Equal("You said: " + text, events[^1].Text("final_content"));
        Assert.Equal("You said: " + text, events.Joined());
        Assert.Equal(
            [text, "You said: " + text],
            (await speaker.MessagesAsync(sent.Text("thread_id"))).Items().Select(message => message.Text("content")));
    }

    [Theory]
    [InlineData("""a\u0000b""", "a\ufffdb")]
    [InlineData("""a\ud83db""", "a\ufffdb")]
    [InlineData("""\ude00 a \ud83d""", "\ufffd a \ufffd")]
    [InlineData("""\ud83d\ud83d\ude00\n\"\\\/\u4f60é""", "\ufffd\ud83d\ude00\n\"\\/\u4f60é")]
    [InlineData("""\ud83d""", "\ufffd")]
    public async Task NulAndLoneSurrogates_BecomeReplacementCharacters_InAMessage(string json, string expected)
    {
        var speaker = await talk.NewSpeakerAsync();

        using var sent = await speaker.Client.PostJsonAsync(Speaker.Api + "/new/stream", $$"""{"message":"{{json}}"}""");
        using var created = await speaker.Client.PostJsonAsync(Speaker.Api, $$"""{"title":"x{{json}}x"}""");

        Assert.Equal("text/event-stream", sent.Content.Headers.ContentType?.MediaType);
        Assert.Equal(expected, talk.Upstream.Requests[^1].LastUserMessage);
        var rows = (await speaker.GetAsync(Speaker.Api)).Items().OrderByDescending(row => row.Text("created_at")).ToList();
        Assert.Equal($"x{expected.Replace('\n', ' ')}x", rows[0].Text("title"));
        var messages = (await speaker.MessagesAsync(rows[1].Text("thread_id"))).Items();
        Assert.Equal([expected, "You said: " + expected], messages.Select(message => message.Text("content")));
    }

    [Fact]
    public async Task AnAnswerCutInsideItsCharacters_IsShownInWholeOnes_AndWhatIsNoneIsReplaced()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("go");
        using var stream = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        string[] deltas = ["a\\ud83d", "\\ude00b", "\\u0000", "\\ude00", "\\ud83d", "c\\ud83d", "\\ud83d\\ude00"];
        foreach (var delta in deltas)
            await held.SendRawAsync(DataOf("content", delta));
        await held.FinishAsync();

        var events = await stream.UntilAsync(TurnEvents.Complete);

        Assert.Equal("a\ud83d\ude00b\ufffd\ufffd\ufffdc\ufffd\ud83d\ude00", events.Joined());
        Assert.Equal(events.Joined(), events[^1].Text("final_content"));
        Assert.All(events.Where(next => next.Event == TurnEvents.Chunk), chunk =>
            Assert.Equal(chunk.Text("content"), Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(chunk.Text("content")))));
        Assert.Equal(events.Joined(), (await speaker.MessagesAsync(sent.Text("thread_id"))).Items()[1].Text("content"));
    }

    [Fact]
    public async Task HalfACharacterAtTheEndOfReasoning_StaysInTheReasoning()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("go");
        using var stream = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await held.SendRawAsync(DataOf("reasoning_content", "think\\ud83d"));
        await held.SendRawAsync(DataOf("content", "text"));
        await held.FinishAsync();

        var events = await stream.UntilAsync(TurnEvents.Complete);

        Assert.Equal("text", events.Joined());
        Assert.Equal(
            "think\ufffd",
            string.Concat(events.Where(next => next.Event == "ai_reasoning_chunk").Select(next => next.Text("content"))));
    }

    private static string DataOf(string field, string json) =>
        $"data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"{field}\":\"{json}\"}}}}]}}\n\n";

    private static string Long(int characters)
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < characters; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i} \u6d41 ");
        return text.ToString(0, characters);
    }
}
