using System.Net;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns;

public class EditMessageTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task Edit_OfTheFirstMessage_BeginsTheConversationAnew_BesideWhatWasSaid()
    {
        var speaker = await talk.NewSpeakerAsync();
        var first = await speaker.SayAsync("old");
        var thread = first.Text("thread_id");

        var edited = await speaker.EditAsync(first, "new");

        using var stream = await speaker.FollowAsync(thread, edited.Text("cursor"));
        var events = (await stream.UntilAsync(TurnEvents.Complete)).Skip(1).ToList();
        Assert.Equal(["user_message", "conversation_updated", "ai_response_start"], events.Names()[..3]);
        Assert.Equal([edited.Text("user_message_id"), "new"], events[0].Data.Texts("message_id content"));
        Assert.Equal(edited.Text("user_message_id"), events[1].Text("active_message_id"));
        Assert.Equal(["new"], talk.Upstream.Requests[^1].Messages.Select(message => message.Content));
        var items = (await speaker.MessagesAsync(thread)).Items();
        Assert.Equal(["new", "You said: new"], items.Select(item => item.Text("content")));
        Assert.Equal(
            [first.Text("user_message_id"), edited.Text("user_message_id")],
            items[0].GetProperty("siblings").EnumerateArray().Select(id => id.GetString()));
    }

    [Fact]
    public async Task Edit_OfALaterMessage_KeepsWhatCameBefore()
    {
        var speaker = await talk.NewSpeakerAsync();
        var first = await speaker.SayAsync("one");
        var second = await speaker.SayAsync("two", first.Text("thread_id"));

        await speaker.EndedAsync(await speaker.EditAsync(second, "zwei"));

        Assert.Equal(
            ["one", "You said: one", "zwei", "You said: zwei"],
            (await speaker.MessagesAsync(first.Text("thread_id"))).Items().Select(item => item.Text("content")));
        Assert.Equal(
            ["one", "You said: one", "zwei"], talk.Upstream.Requests[^1].Messages.Select(message => message.Content));
    }

    [Fact]
    public async Task Edit_IsRefused_WhereItMeansNothing()
    {
        var speaker = await talk.NewSpeakerAsync();
        var sent = await speaker.SayAsync("hello");
        var path = $"{Speaker.Api}/{sent.Text("thread_id")}/messages";

        using var ofAnAnswer = await speaker.PostAsync(new { message = "x" }, $"{path}/{sent.Text("message_id")}/edit");
        await ofAnAnswer.ProblemAsync(422, "not_a_user_message");
        using var unknown = await speaker.PostAsync(new { message = "x" }, $"{path}/nothing/edit");
        await unknown.ProblemAsync(404, "message_not_found");
        using var empty = await speaker.PostAsync(new { message = " " }, $"{path}/{sent.Text("user_message_id")}/edit");
        await empty.ProblemAsync(422, "empty_message");
    }

    [Fact]
    public async Task Edit_WaitsForItsTurn_WhenItIsToldTo()
    {
        var speaker = await talk.NewSpeakerAsync();
        var first = await speaker.SayAsync("one");
        var thread = first.Text("thread_id");
        var held = talk.Upstream.Hold();
        var running = await speaker.SendAsync("two", thread);
        await held.Begun;

        using var busy = await speaker.PostAsync(new { message = "uno" }, Path(first));
        await busy.ProblemAsync(409, "turn_running");
        using var queued = await speaker.PostAsync(new { message = "uno", when_busy = "enqueue" }, Path(first));
        Assert.Equal(HttpStatusCode.Accepted, queued.StatusCode);
        var body = await queued.JsonAsync();
        Assert.Equal("queued", body.Text("status"));
        await held.FinishAsync();
        await speaker.EndedAsync(running);
        await speaker.EndedAsync(body);

        Assert.Equal(
            ["uno", "You said: uno"],
            (await speaker.MessagesAsync(thread)).Items().Select(item => item.Text("content")));
    }

    private static string Path(JsonElement sent) =>
        $"{Speaker.Api}/{sent.Text("thread_id")}/messages/{sent.Text("user_message_id")}/edit";
}
