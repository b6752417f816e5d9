using System.Net;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns.Queueing;

public class EnqueueTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task AMessageThatWaits_IsInHistoryAtOnce_AndItsTurnComesAfterTheOneBefore()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var first = await speaker.SendAsync("first");
        var thread = first.Text("thread_id");
        await held.Begun;

        var second = await speaker.SendBusyAsync("second", thread, "enqueue");
        var third = await speaker.SendBusyAsync("third", thread, "enqueue");

        Assert.Equal(["queued", "queued"], [second.Text("status"), third.Text("status")]);
        Assert.Equal((1, 2), (Place(second), Place(third)));
        var waiting = (await speaker.MessagesAsync(thread)).Items();
        Assert.Equal(["first", "", "second", "third"], waiting.Select(message => message.Text("content")));
        Assert.Equal(["streaming", "complete"], waiting[1..3].Select(message => message.Text("status")));
        Assert.Equal(first.Text("message_id"), waiting[2].Text("parent_id"));
        Assert.Equal(second.Text("message_id"), waiting[3].Text("parent_id"));
        using var stream = await speaker.FollowAsync(thread, first.Text("cursor"));
        await held.SendAsync("one");
        await held.FinishAsync();
        var events = await stream.UntilAsync(next => next.IsEnd() && next.Text("turn_id") == third.Text("turn_id"));

        Assert.Equal(["1", "2", "1"], events.Where(next => next.Event == "turn_queued")
            .Select(next => next.Data.GetProperty("position").ToString()));
        Assert.Equal(
            [first.Text("turn_id"), second.Text("turn_id"), third.Text("turn_id")],
            events.Where(next => next.IsEnd()).Select(next => next.Text("turn_id")));
        var history = (await speaker.MessagesAsync(thread)).Items();
        Assert.Equal(
            ["first", "one", "second", "You said: second", "third", "You said: third"],
            history.Select(message => message.Text("content")));
        Assert.Equal(history.Select(message => message.Text("message_id")).SkipLast(1),
            history.Skip(1).Select(message => message.Text("parent_id")));
        Assert.Equal(
            ["first", "one", "second", "You said: second", "third"],
            talk.Upstream.Requests[^1].Messages.Select(message => message.Content));
    }

    [Fact]
    public async Task Enqueue_WhereNothingRuns_RunsAtOnce()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();

        var sent = await speaker.SendBusyAsync("hello", thread, "enqueue");

        Assert.Equal(("running", 0), (sent.Text("status"), Place(sent)));
        Assert.Equal("complete", (await speaker.EndAsync(sent)).Text("status"));
    }

    [Fact]
    public async Task Connected_SaysWhatWaits_OnBothStreams()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var first = await speaker.SendAsync("first");
        await held.Begun;
        var second = await speaker.SendBusyAsync("second", first.Text("thread_id"), "enqueue");

        using var one = await speaker.FollowAsync(first.Text("thread_id"));
        using var all = await speaker.FollowAllAsync();

        foreach (var stream in new[] { one, all })
        {
            var connected = await stream.NextAsync("connected");
            var waiting = Assert.Single(connected.Data.GetProperty("queued").EnumerateArray());
            Assert.Equal("position thread_id turn_id", waiting.Members());
            Assert.Equal(second.Texts("thread_id turn_id"), waiting.Texts("thread_id turn_id"));
            Assert.Equal(1, waiting.GetProperty("position").GetInt32());
            Assert.Single(connected.Data.GetProperty("running").EnumerateArray());
        }

        await held.FinishAsync();
        await one.UntilAsync(next => next.IsEnd() && next.Text("turn_id") == second.Text("turn_id"));
        using var later = await speaker.FollowAsync(first.Text("thread_id"));
        Assert.Empty((await later.NextAsync("connected")).Data.GetProperty("queued").EnumerateArray());
    }

    [Fact]
    public async Task SendAndFollow_WaitsForItsTurn_AndFollowsItToItsEnd()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var first = await speaker.SendAsync("first");
        await held.Begun;

        using var stream = await speaker.SendAndFollowAsync(
            new { message = "second", when_busy = "enqueue" }, first.Text("thread_id"));
        await stream.UntilAsync("turn_queued");
        await held.FinishAsync();
        var events = await stream.ToEndAsync();

        Assert.Equal("You said: second", events[^1].Text("final_content"));
        Assert.Equal(2, events.Count(next => next.IsEnd()));
    }

    [Fact]
    public async Task AStoppedTurnInTheQueue_EndsWithoutText_AndThoseBehindMoveUpAndGoOn()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var first = await speaker.SendAsync("first");
        var thread = first.Text("thread_id");
        await held.Begun;
        var second = await speaker.SendBusyAsync("second", thread, "enqueue");
        var third = await speaker.SendBusyAsync("third", thread, "enqueue");

        var stopped = await speaker.StopAsync(thread, second.Text("turn_id"));

        Assert.Equal((true, "stopped"), (stopped.GetProperty("stopped").GetBoolean(), stopped.Text("status")));
        Assert.Equal(stopped.ToString(), (await speaker.StopAsync(thread, second.Text("turn_id"))).ToString());
        var events = await speaker.TurnAsync(second);
        Assert.Equal(["user_message", "turn_queued", TurnEvents.Complete], events.Names());
        Assert.Equal(("", "stopped"), (events[^1].Text("final_content"), events[^1].Text("finish_reason")));
        Assert.Equal(stopped.Text("last_event_id"), events[^1].Id);
        Assert.Equal(1, Place(await speaker.RepeatAsync("third", thread, third)));
        await held.FinishAsync();
        Assert.Equal("complete", (await speaker.EndAsync(third)).Text("status"));
        Assert.Equal(
            ["first", "", "second", "", "third", "You said: third"],
            (await speaker.MessagesAsync(thread)).Items().Select(message => message.Text("content")));
    }

    [Fact]
    public async Task StopWithoutAName_StopsWhatRuns_AndNotWhatWaits()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var first = await speaker.SendAsync("first");
        await held.Begun;
        var second = await speaker.SendBusyAsync("second", first.Text("thread_id"), "enqueue");

        var stopped = await speaker.StopAsync(first.Text("thread_id"));

        Assert.Equal(first.Text("turn_id"), stopped.Text("turn_id"));
        Assert.Equal("complete", (await speaker.EndAsync(second)).Text("status"));
    }

    [Fact]
    public async Task TheLimitOfAUser_CountsWhatWaits()
    {
        await using var narrow = await Talk.StartAsync("Limits:RunningTurnsPerUser=2");
        var speaker = await narrow.NewSpeakerAsync();
        var held = narrow.Upstream.Hold();
        var first = await speaker.SendAsync("first");
        await held.Begun;
        var second = await speaker.SendBusyAsync("second", first.Text("thread_id"), "enqueue");

        using (var third = await speaker.PostAsync(
            new { message = "third", thread_id = first.Text("thread_id"), when_busy = "enqueue" }))
        {
            await third.ProblemAsync(429, "too_many_turns");
            Assert.NotNull(third.Headers.RetryAfter);
        }

        await held.FinishAsync();
        await speaker.EndAsync(second);
        await speaker.SayAsync("third", first.Text("thread_id"));
    }

    [Fact]
    public async Task AMessageThatIsSentAgain_AnswersItsPlaceOfNow()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var first = await speaker.SendAsync("first");
        await held.Begun;
        var body = new { message = "second", thread_id = first.Text("thread_id"), when_busy = "enqueue", client_message_id = "c" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => speaker.PostAsync(body)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Accepted);
        Assert.Equal(11, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        var turns = await Task.WhenAll(answers.Select(answer => answer.JsonAsync()));
        Assert.Single(turns.Select(turn => turn.ToString()).Distinct());
        Assert.Equal(("queued", 1), (turns[0].Text("status"), Place(turns[0])));
        await held.FinishAsync();
        await speaker.EndAsync(turns[0]);
    }

    private static int Place(JsonElement sent) => sent.GetProperty("queue_position").GetInt32();
}
