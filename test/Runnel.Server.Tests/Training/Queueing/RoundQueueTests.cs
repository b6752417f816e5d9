using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Training.Queueing;

public class RoundQueueTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task ASecondRound_IsRefused_OrWaitsItsTurn()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        var held = talk.Upstream.Hold();
        using var first = await speaker.TrainAsync(human, "one");
        await held.Begun;

        using var refused = await speaker.PostTrainingAsync(new { digital_human_id = human, message = "no" });
        using var second = await speaker.TrainAsync(human, "two", whenBusy: "enqueue");
        var queued = (await second.UntilAsync("training_queued"))[^1];
        using var third = await speaker.TrainAsync(human, "three", "c3", whenBusy: "enqueue");
        var behind = (await third.UntilAsync("training_queued"))[^1];
        using var watch = await speaker.FollowTrainingAsync(human);
        var connected = await watch.NextAsync("connected");
        await held.SendAsync("""{"intent":"other","stage":"initial","extract":false}""");
        await held.FinishAsync();

        await refused.ProblemAsync(409, "training_running");
        Assert.Equal(("two", 1), (queued.Text("content"), queued.Data.GetProperty("position").GetInt32()));
        Assert.Equal(("c3", 2), (behind.Text("client_message_id"), behind.Data.GetProperty("position").GetInt32()));
        Assert.Equal(
            [queued.Text("round_id"), behind.Text("round_id")],
            connected.Data.GetProperty("queued").EnumerateArray().Select(round => round.Text("round_id")));
        await first.ToEndAsync();
        var ends = await third.ToEndAsync();
        Assert.Equal(Trainer.Complete, ends[^1].Event);
        Assert.Equal(behind.Text("round_id"), ends[^1].Text("round_id"));
        Assert.All(ends, next => Assert.Equal(behind.Text("round_id"), next.Text("round_id")));
        ends.Where(next => next.Event != "training_queued").ToList().AssertWhole();
        Assert.Contains(ends, next => next.Event == "training_queued" && next.Data.GetProperty("position").GetInt32() == 1);
        Assert.Equal(
            ["one", "two", "three"], (await speaker.HistoryAsync(human)).Items().Select(item => item.Text("content")));
    }

    [Fact]
    public async Task AResponse_ThatBrokeOffWhileItsRoundWaited_GoesOnWithThatRoundAlone()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        var held = talk.Upstream.Hold();
        using var first = await speaker.TrainAsync(human, "one");
        await held.Begun;
        string? seen;
        using (var second = await speaker.TrainAsync(human, "two", "c2", whenBusy: "enqueue"))
            seen = (await second.UntilAsync("training_queued"))[^1].Id;

        using var again = await speaker.TrainAsync(human, "two", "c2", whenBusy: "enqueue", lastEventId: seen);
        using var all = await speaker.FollowTrainingAsync(human, seen);
        await held.SendAsync("""{"intent":"other","stage":"initial","extract":false}""");
        await held.FinishAsync();

        var events = await again.ToEndAsync();
        Assert.Equal(seen, events[0].Id);
        Assert.Equal("two", events.AssertWhole().IsRoundEnd() ? events.First(next => next.IsKind("user_message")).Text("content") : "");
        await all.UntilAsync(Trainer.IsRoundEnd);
        var rest = await all.UntilAsync(Trainer.IsRoundEnd);
        Assert.Equal(events[^1].Id, rest[^1].Id);
    }

    [Fact]
    public async Task AQueuedRound_IsStoppedWhereItStands_AndThoseBehindItMoveUp()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        var held = talk.Upstream.Hold();
        using var first = await speaker.TrainAsync(human, "one");
        await held.Begun;
        using var second = await speaker.TrainAsync(human, "two", "c2", whenBusy: "enqueue");
        using var third = await speaker.TrainAsync(human, "three", whenBusy: "enqueue");
        await third.UntilAsync("training_queued");

        var stopped = await speaker.StopTrainingAsync(human, new { client_message_id = "c2" });

        Assert.True(stopped.GetProperty("stopped").GetBoolean());
        Assert.Equal("stopped", (await second.ToEndAsync())[^1].Text("code"));
        Assert.Equal(1, (await third.UntilAsync("training_queued"))[^1].Data.GetProperty("position").GetInt32());
        await speaker.StopTrainingAsync(human);
        Assert.Equal(Trainer.Complete, (await third.ToEndAsync())[^1].Event);
        Assert.Equal(
            ["stopped", "stopped", "complete"], (await speaker.HistoryAsync(human)).Items().Select(item => item.Text("status")));
    }

    [Fact]
    public async Task ARoundThatWaited_IsShownAsOneThatRuns_OnceItDoes()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        var held = talk.Upstream.Hold();
        using var first = await speaker.TrainAsync(human, "one");
        await held.Begun;
        using var second = await speaker.TrainAsync(
            human, "two [[step=question_generation tokens=5000 delay=20ms]]", whenBusy: "enqueue");
        await second.UntilAsync("training_queued");
        await held.SendAsync("""{"intent":"other","stage":"initial","extract":false}""");
        await held.FinishAsync();
        var shown = await second.UntilAsync(next => next.IsKind("question_chunk"));

        using var late = await speaker.FollowTrainingAsync(human);
        var connected = (await late.NextAsync("connected")).Data;
        await speaker.StopTrainingAsync(human);

        var running = Assert.Single(connected.GetProperty("running").EnumerateArray());
        Assert.Equal((shown[^1].Text("round_id"), "question_generation"), (running.Text("round_id"), running.Text("step")));
        Assert.StartsWith(shown.Question(), running.Text("question"), StringComparison.Ordinal);
        Assert.Empty(connected.GetProperty("queued").EnumerateArray());
    }

    [Fact]
    public async Task ManyAtOnce_RunOneAfterTheOther_EachOnce()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();

        var ends = await Task.WhenAll(Enumerable.Range(0, 6).Select(async number =>
        {
            using var stream = await speaker.TrainAsync(human, $"I like game {number}.", whenBusy: "enqueue");
            return (await stream.ToEndAsync())[^1];
        }));

        Assert.All(ends, end => Assert.Equal(Trainer.Complete, end.Event));
        using var replay = await speaker.FollowTrainingAsync(human, "0");
        var cursor = (await speaker.HistoryAsync(human)).Text("cursor");
        var events = await replay.UntilAsync(next => next.Id == cursor);
        var order = events.Where(next => next.Event == "training_start" || next.IsRoundEnd()).ToList();
        Assert.Equal(12, order.Count);
        for (var i = 0; i < order.Count; i += 2)
            Assert.Equal(("training_start", order[i + 1].Text("round_id")), (order[i].Event, order[i].Text("round_id")));
        Assert.Equal(7, (await speaker.KnownNamesAsync(human)).Length);
        Assert.Equal(6, ends.Select(end => end.Text("question")).Distinct().Count());
    }
}
