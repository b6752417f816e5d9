using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Conversations;

public class ReadMessagesTests(Talk talk) : IClassFixture<Talk>
{
    private const string Fields =
        "content created_at feedback finish_reason knowledge_used message_id model parent_id reasoning role siblings status "
        + "usage";

    [Fact]
    public async Task Messages_HaveEveryField_AfterATurn()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("question");
        var thread = sent.Text("thread_id");
        using var stream = await speaker.FollowAsync(thread);
        await held.SendReasoningAsync("thinking");
        await held.SendAsync("answer");
        await held.FinishAsync();
        await stream.UntilAsync(TurnEvents.Complete);

        var page = await speaker.MessagesAsync(thread);

        Assert.Equal("cursor items next_before", page.Members());
        Assert.Equal(stream.LastId, page.Text("cursor"));
        var (user, answer) = (page.Items()[0], page.Items()[1]);
        Assert.Equal(Fields, user.Members());
        Assert.Equal(Fields, answer.Members());
        AssertMessage(user, sent.Text("user_message_id"), null, "user", "question", "complete");
        AssertMessage(answer, sent.Text("message_id"), sent.Text("user_message_id"), "assistant", "answer", "complete");
        Assert.Equal("thinking", answer.Text("reasoning"));
        Assert.Equal("stop", answer.Text("finish_reason"));
        Assert.Equal("fake-1", answer.Text("model"));
        Assert.Equal("""{"input_tokens":1,"output_tokens":1,"estimated":false}""", answer.GetProperty("usage").GetRawText());
        Assert.All(["feedback", "finish_reason", "model", "usage"], name =>
            Assert.Equal(JsonValueKind.Null, user.GetProperty(name).ValueKind));
    }

    [Fact]
    public async Task Messages_PageBackwards_OldestFirstWithinAPage()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();
        using var stream = await speaker.FollowAsync(thread);
        for (var i = 0; i < 4; i++)
        {
            await speaker.SendAsync($"m{i}", thread);
            await stream.UntilAsync(TurnEvents.Complete);
        }

        var all = Contents(await speaker.MessagesAsync(thread));
        Assert.Equal(
            ["m0", "You said: m0", "m1", "You said: m1", "m2", "You said: m2", "m3", "You said: m3"], all);

        var pages = new List<List<string>>();
        var query = "?limit=3";
        while (query is not null)
        {
            var page = await speaker.MessagesAsync(thread, query);
            pages.Add(Contents(page));
            query = page.GetProperty("next_before").GetString() is { } next ? $"?limit=3&before={next}" : null;
        }

        Assert.Equal([3, 3, 2], pages.Select(page => page.Count));
        pages.Reverse();
        Assert.Equal(all, pages.SelectMany(page => page));
    }

    [Fact]
    public async Task Messages_OfAnEmptyConversation_AreNone_AndTheCursorStandsBeforeEverything()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();

        var page = await speaker.MessagesAsync(thread);
        Assert.Empty(page.Items());
        Assert.Equal(JsonValueKind.Null, page.GetProperty("next_before").ValueKind);

        await speaker.SendAsync("hello", thread);
        using var stream = await speaker.FollowAsync(thread, page.Text("cursor"));
        var events = await stream.UntilAsync(TurnEvents.Complete);
        Assert.Equal("user_message", events[1].Event);
        Assert.Equal("You said: hello", events.Joined());
    }

    [Theory]
    [InlineData("?limit=0", "invalid_limit")]
    [InlineData("?limit=201", "invalid_limit")]
    [InlineData("?limit=x", "invalid_limit")]
    [InlineData("?before=nothing", "invalid_before")]
    public async Task Messages_RefuseALimitOrAPlaceThatTheyCannotUnderstand(string query, string code)
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();

        using var answer = await speaker.Client.GetAsync(
            new Uri($"{Speaker.Api}/{thread}/messages{query}", UriKind.Relative), TestContext.Current.CancellationToken);

        await answer.ProblemAsync(400, code);
    }

    private static void AssertMessage(
        JsonElement message, string id, string? parent, string role, string content, string status)
    {
        Assert.Equal(id, message.Text("message_id"));
        Assert.Equal(parent, message.GetProperty("parent_id").GetString());
        Assert.Equal(role, message.Text("role"));
        Assert.Equal(content, message.Text("content"));
        Assert.Equal(status, message.Text("status"));
        Assert.Equal($"[\"{id}\"]", message.GetProperty("siblings").GetRawText());
        Assert.Equal("[]", message.GetProperty("knowledge_used").GetRawText());
    }

    private static List<string> Contents(JsonElement page) => page.Items().ConvertAll(message => message.Text("content"));
}
