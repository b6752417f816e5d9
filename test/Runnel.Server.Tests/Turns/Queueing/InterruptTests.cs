using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns.Queueing;

/// <summary>Messages that do not wait for the answer that is being written.</summary>
public class InterruptTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task Interrupt_StopsTheRunningAnswer_KeepsItsText_AndGoesAheadOfWhatWaits()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var first = await speaker.SendAsync("first");
        var thread = first.Text("thread_id");
        using var stream = await speaker.FollowAsync(thread, first.Text("cursor"));
        await held.SendAsync("some");
        await stream.UntilTextAsync("some");
        var waiting = await speaker.SendBusyAsync("waiting", thread, "enqueue");

        var urgent = await speaker.SendBusyAsync("urgent", thread, "interrupt");
        var events = await stream.UntilAsync(next => next.IsEnd() && next.Text("turn_id") == waiting.Text("turn_id"));

        Assert.Equal(("queued", 1), (urgent.Text("status"), urgent.GetProperty("queue_position").GetInt32()));
        Assert.Equal(
            [first.Text("turn_id"), urgent.Text("turn_id"), waiting.Text("turn_id")],
            events.Where(next => next.IsEnd()).Select(next => next.Text("turn_id")));
        var end = events.First(next => next.IsEnd());
        Assert.Equal(("some", "stopped"), (end.Text("final_content"), end.Text("finish_reason")));
        var queued = events.Where(next => next.Event == "turn_queued" && next.Text("turn_id") == waiting.Text("turn_id"));
        Assert.Equal(["1", "2", "1"], queued.Select(next => next.Data.GetProperty("position").ToString()));
        Assert.Equal(
            ["first", "some", "urgent", "You said: urgent", "waiting", "You said: waiting"],
            (await speaker.MessagesAsync(thread)).Items().Select(message => message.Text("content")));
    }

    [Fact]
    public async Task Rollback_EndsTheRunningTurnAsStopped_AndItsMessagesLeaveHistoryAndContext()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = (await speaker.SayAsync("before")).Text("thread_id");
        var held = talk.Upstream.Hold();
        var wrong = await speaker.SendAsync("wrong", thread);
        using var stream = await speaker.FollowAsync(thread, wrong.Text("cursor"));
        await held.SendAsync("some");
        await stream.UntilTextAsync("some");
        var waiting = await speaker.SendBusyAsync("waiting", thread, "enqueue");

        var right = await speaker.SendBusyAsync("right", thread, "rollback");
        var events = await stream.UntilAsync(next => next.IsEnd() && next.Text("turn_id") == waiting.Text("turn_id"));

        var end = events.FindIndex(next => next.IsEnd());
        Assert.Equal([wrong.Text("turn_id"), "stopped"], events[end].Data.Texts("turn_id finish_reason"));
        var withdrawn = events[end + 1];
        Assert.Equal("conversation_updated", withdrawn.Event);
        Assert.Equal(
            wrong.Texts("user_message_id message_id"),
            withdrawn.Data.GetProperty("withdrawn").EnumerateArray().Select(id => id.GetString()));
        var history = (await speaker.MessagesAsync(thread)).Items();
        string[] texts = ["before", "You said: before", "right", "You said: right", "waiting", "You said: waiting"];
        Assert.Equal(texts, history.Select(message => message.Text("content")));
        Assert.All(history, message => Assert.Equal(1, message.GetProperty("siblings").GetArrayLength()));
        Assert.Equal(texts[..5], talk.Upstream.Requests[^1].Messages.Select(message => message.Content));
        var stopped = await speaker.StopAsync(thread, wrong.Text("turn_id"));
        Assert.Equal([wrong.Text("turn_id"), "withdrawn", events[end].Id], stopped.Texts("turn_id status last_event_id"));
        await speaker.EndAsync(right);
    }

    [Theory]
    [InlineData("interrupt")]
    [InlineData("rollback")]
    public async Task WhereNothingRuns_TheyAreMessagesAsAnyOther(string policy)
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = (await speaker.SayAsync("before")).Text("thread_id");

        var sent = await speaker.SendBusyAsync("next", thread, policy);

        Assert.Equal("running", sent.Text("status"));
        Assert.Equal("complete", (await speaker.EndAsync(sent)).Text("status"));
        Assert.Equal(4, (await speaker.MessagesAsync(thread)).Items().Count);
    }

    [Theory]
    [InlineData("interrupt")]
    [InlineData("rollback")]
    [InlineData("enqueue")]
    public async Task ManyAtOnce_AllComeToTheirEnd_OneAfterTheOther_AndTheBranchIsWhole(string policy)
    {
        await using var wide = await Talk.StartAsync("Limits:RunningTurnsPerUser=100");
        var speaker = await wide.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();
        for (var round = 0; round < 4; round++)
        {
            var sent = await Task.WhenAll(Enumerable.Range(0, 10).Select(
                i => speaker.SendBusyAsync($"[[tokens=3 delay=1ms]] {round} {i}", thread, policy)));
            foreach (var turn in sent)
                Assert.Single(await speaker.TurnAsync(turn), next => next.IsEnd());
        }

        using var stream = await speaker.FollowAsync(thread, "0");
        var cursor = (await speaker.MessagesAsync(thread)).Text("cursor");
        var events = await stream.UntilAsync(next => next.Id == cursor);
        AssertOneAfterTheOther(events);
        Assert.Equal(40, events.Count(next => next.IsEnd()));
        var withdrawn = events.Where(next => next.Event == "conversation_updated")
            .SelectMany(next => next.Data.GetProperty("withdrawn").EnumerateArray()).Select(id => id.GetString()!).ToHashSet();
        var history = (await speaker.MessagesAsync(thread, "?limit=200")).Items();
        Assert.Equal(80 - withdrawn.Count, history.Count);
        Assert.DoesNotContain(history, message => withdrawn.Contains(message.Text("message_id")));
        Assert.Equal(history.Select(Id).SkipLast(1), history.Skip(1).Select(message => message.Text("parent_id")));
    }

    private static string Id(JsonElement message) => message.Text("message_id");

    private static void AssertOneAfterTheOther(List<SseEvent> events)
    {
        string? running = null;
        foreach (var next in events)
        {
            if (next.Event == "ai_response_start")
            {
                Assert.Null(running);
                running = next.Text("turn_id");
            }
            else if (next.IsEnd() && next.Text("turn_id") == running)
            {
                running = null;
            }
        }

        Assert.Null(running);
    }
}
