using System.Net;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns;

public class RegenerateAnswerTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task Regenerate_WritesAnotherAnswerBesideTheFirst_WithTheSameContext()
    {
        var speaker = await talk.NewSpeakerAsync();
        var first = await speaker.SayAsync("hello");
        var thread = first.Text("thread_id");
        talk.Upstream.Enqueue(Fakes.Answers.Text("another"));

        var again = await speaker.RegenerateAsync(first);

        Assert.Equal(first.Text("user_message_id"), again.Text("user_message_id"));
        Assert.NotEqual(first.Text("message_id"), again.Text("message_id"));
        using var stream = await speaker.FollowAsync(thread, again.Text("cursor"));
        var events = (await stream.UntilAsync(TurnEvents.Complete)).Skip(1).ToList();
        Assert.Equal(["conversation_updated", "ai_response_start"], events.Names()[..2]);
        Assert.Equal(first.Text("user_message_id"), events[0].Text("active_message_id"));
        Assert.Equal("another", events.Joined());
        Assert.Equal(["hello"], talk.Upstream.Requests[^1].Messages.Select(message => message.Content));
        var items = (await speaker.MessagesAsync(thread)).Items();
        Assert.Equal(["hello", "another"], items.Select(item => item.Text("content")));
        Assert.Equal(
            [first.Text("message_id"), again.Text("message_id")],
            items[1].GetProperty("siblings").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(stream.LastId, (await speaker.MessagesAsync(thread)).Text("cursor"));
    }

    [Fact]
    public async Task Regenerate_OfAnEarlierAnswer_LeavesWhatFollowedOnItsOwnBranch()
    {
        var speaker = await talk.NewSpeakerAsync();
        var first = await speaker.SayAsync("one");
        var thread = first.Text("thread_id");
        await speaker.SayAsync("two", thread);

        var again = await speaker.RegenerateAsync(first);
        await speaker.EndedAsync(again);
        await speaker.SayAsync("three", thread);

        var contents = (await speaker.MessagesAsync(thread)).Items().Select(item => item.Text("content"));
        Assert.Equal(["one", "You said: one", "three", "You said: three"], contents);
        Assert.Equal(3, talk.Upstream.Requests[^1].Messages.Count);
    }

    [Fact]
    public async Task Regenerate_IsRefused_WhereItMeansNothing()
    {
        var speaker = await talk.NewSpeakerAsync();
        var sent = await speaker.SayAsync("hello");
        var path = $"{Speaker.Api}/{sent.Text("thread_id")}/messages";

        using var ofAQuestion = await speaker.PostAsync(new { }, $"{path}/{sent.Text("user_message_id")}/regenerate");
        await ofAQuestion.ProblemAsync(422, "not_an_answer");
        using var unknown = await speaker.PostAsync(new { }, $"{path}/nothing/regenerate");
        await unknown.ProblemAsync(404, "message_not_found");
        using var noPolicy = await speaker.PostAsync(new { when_busy = "x" }, $"{path}/{sent.Text("message_id")}/regenerate");
        await noPolicy.ProblemAsync(422, "invalid_when_busy");
        using var noModel = await speaker.PostAsync(new { model = "x" }, $"{path}/{sent.Text("message_id")}/regenerate");
        await noModel.ProblemAsync(422, "unknown_model");
    }

    [Fact]
    public async Task Regenerate_OfTheAnswerThatIsBeingWritten_FollowsThePolicy()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("hello");
        var thread = sent.Text("thread_id");
        using var stream = await speaker.FollowAsync(thread, sent.Text("cursor"));
        await held.SendAsync("part");
        await stream.UntilTextAsync("part");
        var path = $"{Speaker.Api}/{thread}/messages/{sent.Text("message_id")}/regenerate";

        using var busy = await speaker.PostAsync(new { }, path);
        await busy.ProblemAsync(409, "turn_running");
        using var interrupting = await speaker.PostAsync(new { when_busy = "interrupt" }, path);
        Assert.Equal(HttpStatusCode.Accepted, interrupting.StatusCode);
        await speaker.EndedAsync(await interrupting.JsonAsync());

        var items = (await speaker.MessagesAsync(thread)).Items();
        Assert.Equal(["hello", "You said: hello"], items.Select(item => item.Text("content")));
        Assert.Equal(2, items[1].GetProperty("siblings").GetArrayLength());
    }

    [Fact]
    public async Task Regenerate_SentTwiceUnderOneName_StartsOneTurn()
    {
        var speaker = await talk.NewSpeakerAsync();
        var sent = await speaker.SayAsync("hello");
        var path = $"{Speaker.Api}/{sent.Text("thread_id")}/messages/{sent.Text("message_id")}/regenerate";

        using var first = await speaker.PostAsync(new { client_message_id = "again" }, path);
        using var second = await speaker.PostAsync(new { client_message_id = "again" }, path);
        using var other = await speaker.PostAsync(
            new { message = "hello", thread_id = sent.Text("thread_id"), client_message_id = "again" });

        Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.OK], [first.StatusCode, second.StatusCode]);
        Assert.Equal((await first.JsonAsync()).Text("turn_id"), (await second.JsonAsync()).Text("turn_id"));
        await other.ProblemAsync(422, "client_message_id_reused");
    }
}
