using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns.Stopping;

/// <summary>Stop, against everything that happens at the same moment.</summary>
public class StopRaceTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task AStopThatRacesTheNaturalEnd_IsToldTheTruth_AndThereIsOneEnd()
    {
        var speaker = await talk.NewSpeakerAsync();
        for (var i = 0; i < 60; i++)
        {
            var sent = await speaker.SendAsync("[[tokens=8 delay=1ms]]");
            using var stream = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
            for (var seen = 0; seen <= i % 12 && !(await stream.NextAsync()).IsEnd(); seen++)
            {
                // Stopped at each of its events, so also at the last.
            }

            var stopped = await speaker.StopAsync(sent.Text("thread_id"), sent.Text("turn_id"));
            await AssertOneTruthAsync(speaker, sent, stopped);
        }
    }

    [Fact]
    public async Task TenStopsAtOnce_AnswerTheSame_HoweverEarlyTheyCome()
    {
        var speaker = await talk.NewSpeakerAsync();
        for (var i = 0; i < 20; i++)
        {
            var sent = await speaker.SendAsync("[[tokens=5000 delay=5ms]]");
            var answers = await Task.WhenAll(
                Enumerable.Range(0, 10).Select(_ => speaker.StopAsync(sent.Text("thread_id"), sent.Text("turn_id"))));

            Assert.Single(answers.Select(answer => answer.ToString()).Distinct());
            Assert.True(answers[0].GetProperty("stopped").GetBoolean());
            await AssertOneTruthAsync(speaker, sent, answers[0]);
        }
    }

    private static async Task AssertOneTruthAsync(Speaker speaker, JsonElement sent, JsonElement stopped)
    {
        var events = await speaker.TurnAsync(sent);
        var end = Assert.Single(events, next => next.IsEnd());
        Assert.Equal(end.Id, stopped.Text("last_event_id"));
        var isStopped = stopped.GetProperty("stopped").GetBoolean();
        Assert.Equal(isStopped ? "stopped" : "complete", stopped.Text("status"));
        Assert.Equal(isStopped ? "stopped" : "stop", end.Text("finish_reason"));
        var answer = (await speaker.MessagesAsync(sent.Text("thread_id"))).Items()[1];
        Assert.Equal(stopped.Text("status"), answer.Text("status"));
        Assert.Equal(events.Joined(), answer.Text("content"));
        Assert.Equal(events.Joined(), end.Text("final_content"));
    }
}
