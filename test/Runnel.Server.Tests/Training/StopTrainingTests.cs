using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Training.Stopping;

namespace Runnel.Server.Tests.Training;

public class StopTrainingTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task ARunningRound_EndsAtOnce_AndLetsGoOfItsModel()
    {
        await using var own = await Talk.StartAsync();
        var speaker = await own.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        var held = own.Upstream.Hold();
        using var stream = await speaker.TrainAsync(human, "I like chess.");
        await held.Begun;

        var stopped = await speaker.StopTrainingAsync(human);

        await own.Upstream.WaitForAbortAsync(cancellationToken: TestContext.Current.CancellationToken);
        var events = await stream.ToEndAsync();
        Assert.Equal((Trainer.Error, "stopped"), (events[^1].Event, events[^1].Text("code")));
        Assert.True(stopped.GetProperty("stopped").GetBoolean());
        Assert.Equal((events[^1].Id, "stopped"), (stopped.Text("last_event_id"), stopped.Text("status")));
        var again = await speaker.StopTrainingAsync(human, new { round_id = stopped.Text("round_id") });
        Assert.Equal(stopped.ToString(), again.ToString());
        Assert.Equal("stopped", (await speaker.HistoryAsync(human)).Items()[0].Text("status"));
    }

    [Fact]
    public async Task WhatWasLearnedBeforeTheStop_IsKept()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        using var stream = await speaker.TrainAsync(
            human, "I live in Paris. [[step=question_generation tokens=5000 delay=20ms]]");
        await stream.UntilAsync(next => next.IsKind("question_chunk"));

        await speaker.StopTrainingAsync(human);

        var events = await stream.ToEndAsync();
        Assert.Equal("stopped", events[^1].Text("code"));
        Assert.Equal(["Paris", "User"], await speaker.KnownNamesAsync(human));
        var item = (await speaker.HistoryAsync(human)).Items()[0];
        Assert.Equal(2, item.GetProperty("learned").GetProperty("nodes").GetArrayLength());
        Assert.Equal("stopped", item.Text("error_code"));
    }

    [Fact]
    public async Task StopWhenNothingRuns_SaysSo_AndWhatEndedByItselfIsNotStopped()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        var nothing = await speaker.StopTrainingAsync(human);
        var complete = (await speaker.TeachAsync(human, "Hello!"))[^1];

        var ended = await speaker.StopTrainingAsync(human);
        using var unknown = await speaker.PostAsync(new { round_id = "none" }, $"{Persona.Api}/{human}/train/stop");

        Assert.False(nothing.GetProperty("stopped").GetBoolean());
        Assert.False(ended.GetProperty("stopped").GetBoolean());
        Assert.Equal(("complete", complete.Id), (ended.Text("status"), ended.Text("last_event_id")));
        await unknown.ProblemAsync(404, "round_not_found");
    }

    [Fact]
    public async Task ADigitalHumanThatIsToGo_HasItsRoundsEnded_ThoseThatWaitToo()
    {
        await using var own = await Talk.StartAsync();
        var speaker = await own.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        var held = own.Upstream.Hold();
        using var running = await speaker.TrainAsync(human, "one");
        await held.Begun;
        using var waiting = await speaker.TrainAsync(human, "two", whenBusy: "enqueue");
        await waiting.UntilAsync("training_queued");

        await using (var scope = own.Server.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<TrainingEnd>().EndAsync(human, TestContext.Current.CancellationToken);

        foreach (var stream in (SseReader[])[running, waiting])
        {
            var end = (await stream.ToEndAsync())[^1];
            Assert.Equal(("digital_human_deleted", false), (end.Text("code"), end.Data.GetProperty("retryable").GetBoolean()));
        }

        Assert.Single(own.Upstream.Requests);
    }

    [Fact]
    public async Task StopsThatRaceTheEnd_LeaveOneTerminalEvent()
    {
        var speaker = await talk.NewSpeakerAsync();
        for (var i = 0; i < 10; i++)
        {
            var human = await speaker.NewHumanAsync();
            using var stream = await speaker.TrainAsync(human, "I like chess.");
            await stream.UntilAsync(next => next.IsKind("node_start", Trainer.Steps[i % 5]));

            var stops = await Task.WhenAll(speaker.StopTrainingAsync(human), speaker.StopTrainingAsync(human));

            var page = await speaker.HistoryAsync(human);
            using var replay = await speaker.FollowTrainingAsync(human, "0");
            var events = await replay.UntilAsync(next => next.Id == page.Text("cursor"));
            var end = Assert.Single(events, Trainer.IsRoundEnd);
            Assert.Equal(events[^1], end);
            Assert.All(stops, stop => Assert.Equal(end.Event == Trainer.Error, stop.GetProperty("stopped").GetBoolean()));
        }
    }
}
