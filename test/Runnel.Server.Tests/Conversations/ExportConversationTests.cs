using System.Net;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Conversations;

public class ExportConversationTests(Talk talk) : IClassFixture<Talk>
{
    private const string Fields =
        "comment content created_at ended_at finish_reason knowledge_used message_id model parent_id rating reasoning role "
        + "status turn_id usage";

    [Fact]
    public async Task Json_HasEveryMessageWithWhereItCameFrom()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("What is \u6d41?");
        using var stream = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await held.SendReasoningAsync("a river");
        await held.SendAsync("Water.");
        await held.FinishAsync("length");
        await stream.UntilAsync(TurnEvents.Complete);

        using var answer = await GetAsync(speaker, sent.Text("thread_id"), "");

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var export = await answer.JsonAsync();
        Assert.Equal(
            "active_message_id created_at digital_human_id exported_at messages thread_id title updated_at", export.Members());
        Assert.Equal(sent.Text("thread_id"), export.Text("thread_id"));
        Assert.Equal(sent.Text("message_id"), export.Text("active_message_id"));
        var messages = export.GetProperty("messages").EnumerateArray().ToList();
        Assert.All(messages, message => Assert.Equal(Fields, message.Members()));
        Assert.Equal(["user", "What is \u6d41?", "complete"], messages[0].Texts("role content status"));
        Assert.Equal(
            ["assistant", "Water.", "a river", "complete", "length", "fake-1", sent.Text("turn_id")],
            messages[1].Texts("role content reasoning status finish_reason model turn_id"));
        Assert.Equal(
            """{"input_tokens":1,"output_tokens":1,"estimated":false}""",
            JsonSerializer.Serialize(messages[1].GetProperty("usage")));
    }

    [Fact]
    public async Task Json_HasTheTextSoFar_OfAnAnswerThatIsBeingWritten()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("hello");
        using var stream = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await held.SendAsync("one ");
        await stream.UntilTextAsync("one ");

        using var answer = await GetAsync(speaker, sent.Text("thread_id"), "?format=json");
        var export = await answer.JsonAsync();
        await held.FinishAsync();

        Assert.Equal(["one ", "streaming"], export.GetProperty("messages")[1].Texts("content status"));
    }

    [Fact]
    public async Task Export_HasAllOfALongConversation_InOrder()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync("long");
        using var stream = await speaker.FollowAsync(thread);
        for (var i = 0; i < 30; i++)
        {
            await speaker.SendAsync($"m{i}", thread);
            await stream.UntilAsync(TurnEvents.Complete);
        }

        using var json = await GetAsync(speaker, thread, "");
        using var markdown = await GetAsync(speaker, thread, "?format=markdown");

        var expected = Enumerable.Range(0, 30).SelectMany(i => new[] { $"m{i}", $"You said: m{i}" }).ToArray();
        Assert.Equal(
            expected,
            (await json.JsonAsync()).GetProperty("messages").EnumerateArray().Select(message => message.Text("content")));
        var lines = (await markdown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n');
        Assert.Equal(expected.Select(text => "> " + text), lines.Where(line => line.StartsWith('>')));
    }

    [Fact]
    public async Task Markdown_StaysWhole_WhateverIsWrittenInIt()
    {
        var speaker = await talk.NewSpeakerAsync();
        const string Hostile = "```\n# Not a title\n\n## Answer\n<!-- <script>alert(1)</script>\n~~~\r---\r\n> [x]: http://evil";
        talk.Upstream.Enqueue(Fakes.Answers.Text(Hostile));
        var sent = await speaker.SayAsync(Hostile, await speaker.CreateAsync("# `a` <b>\n[c](d)"));

        using var answer = await GetAsync(speaker, sent.Text("thread_id"), "?format=markdown");

        Assert.Equal("text/markdown", answer.Content.Headers.ContentType?.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n');
        Assert.Equal("""# \# \`a\` \<b\> \[c\](d)""", lines[0]);
        Assert.Equal(["## You", "## Answer"], lines.Where(line => line.StartsWith("##", StringComparison.Ordinal)));
        Assert.All(
            lines.Skip(1).Where(line => line.Length > 0 && line[0] is not ('>' or '#')),
            line => Assert.Matches("^(- [A-Z]|`01)", line));
    }

    [Theory]
    [InlineData("../../etc/passwd", "etc passwd 2")]
    [InlineData("a\"; filename=evil.exe\r\nX: y", "a filename evil exe X y 2")]
    [InlineData("", "conversation 2")]
    [InlineData("...", "conversation 2")]
    [InlineData("\u6d41 \u202egnp.exe", "\u6d41 gnp exe 2")]
    public async Task FileName_IsSafe_WhateverTheTitle(string title, string begins)
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync(title);

        using var answer = await GetAsync(speaker, thread, "?format=markdown");

        var disposition = answer.Content.Headers.ContentDisposition!;
        Assert.Equal("attachment", disposition.DispositionType);
        Assert.StartsWith(begins, disposition.FileNameStar, StringComparison.Ordinal);
        Assert.EndsWith(".md", disposition.FileNameStar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_RefusesAFormatThatItDoesNotKnow()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();

        using var answer = await speaker.Client.GetAsync(
            new Uri($"{Speaker.Api}/{thread}/export?format=pdf", UriKind.Relative), TestContext.Current.CancellationToken);

        await answer.ProblemAsync(400, "invalid_format");
    }

    private static async Task<HttpResponseMessage> GetAsync(Speaker speaker, string thread, string query)
    {
        var answer = await speaker.Client.GetAsync(new Uri($"{Speaker.Api}/{thread}/export{query}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }
}
