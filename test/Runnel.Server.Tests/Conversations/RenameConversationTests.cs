using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Conversations;

public class RenameConversationTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task Rename_AnswersTheConversation_AndBothStreamsSayWhatChanged()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync("old");
        var later = await speaker.CreateAsync("later");
        using var one = await speaker.FollowAsync(thread);
        using var all = await speaker.FollowAllAsync();
        await one.NextAsync("connected");
        await all.NextAsync("connected");

        var renamed = await RenameAsync(speaker, thread, "  Ein\r\n neuer\tTitel \ud83d\ude00 ");

        Assert.Equal("Ein neuer Titel \ud83d\ude00", renamed.Text("title"));
        foreach (var stream in new[] { one, all })
        {
            var updated = await stream.NextAsync("conversation_updated");
            Assert.Equal("thread_id title type updated_at", updated.Data.Members());
            Assert.Equal([thread, renamed.Text("title"), renamed.Text("updated_at")], updated.Data.Texts("thread_id title updated_at"));
        }

        var rows = (await speaker.GetAsync(Speaker.Api)).Items();
        Assert.Equal([thread, later], rows.Select(row => row.Text("thread_id")));
        Assert.Equal(renamed.GetRawText(), rows[0].GetRawText());
    }

    [Fact]
    public async Task History_StandsAfterARename_WhenNothingRuns()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();
        using var stream = await speaker.FollowAsync(thread);

        await RenameAsync(speaker, thread, "new");

        await stream.UntilAsync("conversation_updated");
        Assert.Equal(stream.LastId, (await speaker.MessagesAsync(thread)).Text("cursor"));
    }

    [Fact]
    public async Task Rename_WhileAnAnswerIsWritten_LeavesItWhole()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("hello");
        var thread = sent.Text("thread_id");
        using var stream = await speaker.FollowAsync(thread, sent.Text("cursor"));
        await held.SendAsync("one ");
        await stream.UntilTextAsync("one ");

        await RenameAsync(speaker, thread, "new");
        var page = await speaker.MessagesAsync(thread);
        await held.SendAsync("two");
        await held.FinishAsync();

        Assert.Equal("one ", page.Items()[1].Text("content"));
        using var joined = await speaker.FollowAsync(thread, page.Text("cursor"));
        Assert.Equal("two", (await joined.UntilAsync(TurnEvents.Complete)).Joined());
        Assert.Equal("one two", (await speaker.MessagesAsync(thread)).Items()[1].Text("content"));
        Assert.Equal("new", (await speaker.GetAsync($"{Speaker.Api}/{thread}")).Text("title"));
    }

    [Fact]
    public async Task TwoRenamesAtOnce_EndWithTheTitleThatTheStreamShowsLast()
    {
        var speaker = await talk.NewSpeakerAsync();
        for (var i = 0; i < 10; i++)
        {
            var thread = await speaker.CreateAsync();
            await Task.WhenAll(Enumerable.Range(0, 4).Select(n => RenameAsync(speaker, thread, $"title {n}")));

            using var stream = await speaker.FollowAsync(thread, "0");
            var seen = new List<SseEvent>();
            for (var n = 0; n < 4; n++)
                seen.AddRange(await stream.UntilAsync("conversation_updated"));
            Assert.Equal(seen[^1].Text("title"), (await speaker.GetAsync($"{Speaker.Api}/{thread}")).Text("title"));
        }
    }

    [Theory]
    [InlineData("{}", 422, "empty_title")]
    [InlineData("""{"title":null}""", 422, "empty_title")]
    [InlineData("""{"title":" \n "}""", 422, "empty_title")]
    [InlineData("""{"title":7}""", 400, "malformed_body")]
    [InlineData("""{"title":""", 400, "malformed_body")]
    public async Task Rename_RefusesWhatIsNoTitle(string body, int status, string code)
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync("old");

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await speaker.Client.PatchAsync(
            new Uri($"{Speaker.Api}/{thread}", UriKind.Relative), content, TestContext.Current.CancellationToken);

        await answer.ProblemAsync(status, code);
        Assert.Equal("old", (await speaker.GetAsync($"{Speaker.Api}/{thread}")).Text("title"));
    }

    [Fact]
    public async Task Title_HasAtMostTwoHundredCharacters_HoweverManyUnitsTheyTake()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync("old");
        var longest = string.Concat(Enumerable.Repeat("\ud83d\ude00", 200));

        using var tooLong = await speaker.Client.PatchAsJsonAsync(
            $"{Speaker.Api}/{thread}", new { title = longest + "x" }, TestContext.Current.CancellationToken);
        await tooLong.ProblemAsync(422, "title_too_long");

        Assert.Equal(longest, (await RenameAsync(speaker, thread, longest)).Text("title"));
    }

    private static async Task<JsonElement> RenameAsync(Speaker speaker, string thread, string title)
    {
        using var answer = await speaker.Client.PatchAsJsonAsync($"{Speaker.Api}/{thread}", new { title });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }
}
