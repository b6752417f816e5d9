using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;
using Canned = Runnel.Fakes.Answers;

namespace Runnel.Server.Tests.Turns;

/// <summary>A model that fails before it has said anything is asked again, where that may help.</summary>
public class RetryTests(Talk talk) : IClassFixture<Talk>
{
    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task APassingStatus_IsTriedAgain_EachTimeWithAStart(int status)
    {
        var events = await AskAsync($"{status} [[tokens=2 fault={status}@2]]");

        Assert.Equal([1, 2, 3], Attempts(events));
        Assert.Equal("word0 word1 ", events[^1].Text("final_content"));
        Assert.Equal("word0 word1 ", events.Joined());
    }

    [Fact]
    public async Task AResetConnection_IsTriedAgain()
    {
        talk.Upstream.Enqueue(Cut);

        var events = await AskAsync("go");

        Assert.Equal([1, 2], Attempts(events));
        Assert.Equal("You said: go", events[^1].Text("final_content"));
    }

    [Fact]
    public async Task AModelThatStaysAway_IsAskedThreeTimesInAll()
    {
        var events = await AskAsync("away [[fault=503]]");

        Assert.Equal([1, 2, 3], Attempts(events));
        Assert.Equal(["connected", "user_message", "ai_response_start", "ai_response_start", "ai_response_start", TurnEvents.Error],
            events.Names());
        Assert.Equal("upstream_unavailable", events[^1].Text("code"));
        Assert.Equal(3, talk.Upstream.Requests.Count(request => request.LastUserMessage.StartsWith("away", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("[[fault=400]]", "upstream_rejected", false)]
    [InlineData("[[fault=401]]", "upstream_rejected", false)]
    [InlineData("[[fault=404]]", "upstream_rejected", false)]
    [InlineData("[[fault=501]]", "upstream_unavailable", true)]
    [InlineData("[[fault=503 retry_after=21]]", "upstream_unavailable", true)]
    [InlineData("[[tokens=0 fault=nofinish]]", "upstream_closed", true)]
    [InlineData("[[tokens=5 fault=close@2]]", "upstream_closed", true)]
    public async Task WhatATryCannotMend_EndsAtOnce(string prompt, string code, bool isRetryable)
    {
        var events = await AskAsync(prompt);

        Assert.Equal([1], Attempts(events));
        Assert.Equal(code, events[^1].Text("code"));
        Assert.Equal(isRetryable, events[^1].Data.GetProperty("retryable").GetBoolean());
    }

    [Fact]
    public async Task RetryAfter_IsWaitedFor()
    {
        var events = await AskAsync("[[tokens=1 fault=429@1 retry_after=1]]");

        var starts = events.Where(next => next.Event == TurnEvents.Start).ToList();
        var waited = starts[1].Data.GetProperty("started_at").GetDateTimeOffset()
            - starts[0].Data.GetProperty("started_at").GetDateTimeOffset();
        Assert.True(waited >= TimeSpan.FromSeconds(1), $"It came back after {waited}.");
    }

    [Fact]
    public async Task WhoComesBetweenTwoAttempts_SeesTheLaterOneRunning()
    {
        talk.Upstream.Enqueue(Canned.Status(503));
        var held = talk.Upstream.Hold();
        var speaker = await talk.NewSpeakerAsync();
        var sent = await speaker.SendAsync("go");
        await held.Begun;

        using var stream = await speaker.FollowAsync(sent.Text("thread_id"));
        var running = (await stream.NextAsync("connected")).Data.GetProperty("running")[0];
        var history = (await speaker.MessagesAsync(sent.Text("thread_id"))).Items();
        await held.SendAsync("here");
        await held.FinishAsync();

        Assert.Equal(2, running.GetProperty("attempt").GetInt32());
        Assert.Equal("streaming", history[1].Text("status"));
        Assert.Equal("here", (await stream.UntilAsync(next => next.IsEnd()))[^1].Text("final_content"));
    }

    private static Task Cut(AnswerWriter writer, CancellationToken clientGone)
    {
        writer.Reset();
        return Task.CompletedTask;
    }

    private static int[] Attempts(List<SseEvent> events) =>
        [.. events.Where(next => next.Event == TurnEvents.Start).Select(next => next.Data.GetProperty("attempt").GetInt32())];

    private async Task<List<SseEvent>> AskAsync(string message)
    {
        var speaker = await talk.NewSpeakerAsync();
        using var stream = await speaker.SendAndFollowAsync(new { message });
        return await stream.ToEndAsync();
    }
}
