using System.Net;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns;

/// <summary>A client that did not hear the answer sends the same message again, under the same <c>client_message_id</c>.</summary>
public class RepeatTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task TheSameMessageAgain_AnswersTheSameTurn_WhileItRunsAndAfterwards()
    {
        var speaker = await talk.NewSpeakerAsync();
        var asked = talk.Upstream.Requests.Count;
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("hello", clientMessageId: "c-1");
        await held.Begun;

        var running = await RepeatAsync(speaker, sent);
        Assert.Equal("running", running.Text("status"));
        using var stream = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await held.FinishAsync();
        await stream.UntilAsync(TurnEvents.Complete);
        var ended = await RepeatAsync(speaker, sent);
        Assert.Equal("complete", ended.Text("status"));

        Assert.Equal(asked + 1, talk.Upstream.Requests.Count);
        Assert.Equal(2, (await speaker.MessagesAsync(sent.Text("thread_id"))).Items().Count);
    }

    [Fact]
    public async Task TheSameMessageAgain_AnswersTheSameTurn_AlthoughItsModelIsGone()
    {
        await using var own = await Talk.StartAsync();
        var speaker = await own.NewSpeakerAsync();
        using var first = await speaker.PostAsync(new { message = "hello", client_message_id = "c", model = "fake" });
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);

        using var again = await speaker.PostAsync(new { message = "hello", client_message_id = "c", model = "gone" });

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task AnotherMessageUnderTheSameName_IsRefused()
    {
        var speaker = await talk.NewSpeakerAsync();
        await speaker.SayAsync("hello", clientMessageId: "c-1");
        var thread = await speaker.CreateAsync();

        using var otherText = await speaker.PostAsync(new { message = "hallo", client_message_id = "c-1" });
        await otherText.ProblemAsync(422, "client_message_id_reused");
        using var otherThread = await speaker.PostAsync(
            new { message = "hello", client_message_id = "c-1", thread_id = thread });
        await otherThread.ProblemAsync(422, "client_message_id_reused");

        Assert.Empty((await speaker.MessagesAsync(thread)).Items());
        var somebodyElse = await talk.NewSpeakerAsync();
        await somebodyElse.SayAsync("hallo", clientMessageId: "c-1");
    }

    [Fact]
    public async Task TwentyAtOnce_StartOneTurn_InANewConversationAndInAKnownOne()
    {
        var speaker = await talk.NewSpeakerAsync();
        foreach (var thread in new[] { null, await speaker.CreateAsync() })
        {
            var asked = talk.Upstream.Requests.Count;
            var held = talk.Upstream.Hold();
            var body = new { message = "race", client_message_id = $"race-{thread}", thread_id = thread };
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => speaker.PostAsync(body)));

            var statuses = answers.GroupBy(answer => answer.StatusCode).ToDictionary(group => group.Key, group => group.Count());
            Assert.Equal(
                new() { [HttpStatusCode.Accepted] = 1, [HttpStatusCode.OK] = 19 }, statuses);
            var turns = await Task.WhenAll(answers.Select(answer => answer.JsonAsync()));
            var turn = Assert.Single(turns.Select(Place).Distinct());
            await held.Begun;
            Assert.Equal(asked + 1, talk.Upstream.Requests.Count);
            using var stream = await speaker.FollowAsync(turns[0].Text("thread_id"), turns[0].Text("cursor"));
            await held.FinishAsync();
            await stream.UntilAsync(TurnEvents.Complete);
            Assert.NotEmpty(turn);
        }

        Assert.Equal(2, (await speaker.GetAsync(Speaker.Api)).Items().Count);
    }

    [Fact]
    public async Task SendAndFollowAgain_FollowsTheSameTurn_FromItsStartOrFromACursor_AndEndsWithIt()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var body = new { message = "hello", client_message_id = "c-1" };
        using var first = await speaker.SendAndFollowAsync(body);
        await held.SendAsync("one");
        await first.UntilTextAsync("one");
        var cursor = first.LastId;

        using var fromStart = await speaker.SendAndFollowAsync(body);
        using var fromCursor = await speaker.SendAndFollowAsync(body, lastEventId: cursor);
        await held.SendAsync(" two");
        await held.FinishAsync();
        var end = (await first.ToEndAsync())[^1];

        Assert.Equal("one two", (await fromStart.ToEndAsync()).Joined());
        Assert.Equal(" two", (await fromCursor.ToEndAsync()).Joined());
        using var afterwards = await speaker.SendAndFollowAsync(body);
        Assert.Equal("one two", (await afterwards.ToEndAsync()).Joined());
        using var atTheEnd = await speaker.SendAndFollowAsync(body, lastEventId: end.Id);
        Assert.Equal(["connected", TurnEvents.Complete], (await atTheEnd.ToEndAsync()).Names());
    }

    private static async Task<JsonElement> RepeatAsync(Speaker speaker, JsonElement sent)
    {
        using var again = await speaker.PostAsync(new { message = "hello", client_message_id = "c-1" });
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var body = await again.JsonAsync();
        Assert.Equal(sent.Members(), body.Members());
        Assert.Equal(Place(sent), Place(body));
        return body;
    }

    private static string Place(JsonElement sent) =>
        string.Join(' ', sent.Texts("thread_id turn_id user_message_id message_id cursor user_cursor"));
}
