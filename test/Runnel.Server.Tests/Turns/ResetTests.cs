using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns;

/// <summary>Where a model may be asked again after its text was seen, that text is withdrawn everywhere.</summary>
public class ResetTests : IAsyncLifetime
{
    private Talk _talk = null!;
    private Speaker _speaker = null!;

    public async ValueTask InitializeAsync()
    {
        _talk = await Talk.StartAsync("Models:Providers:0:RetryAfterText=true");
        _speaker = await _talk.NewSpeakerAsync();
    }

    public ValueTask DisposeAsync() => _talk.DisposeAsync();

    [Fact]
    public async Task TextThatBrokeOff_IsWithdrawn_AndTheNextAttemptIsTheAnswer()
    {
        var (sent, stream, again) = await BreakOffAsync("wrong");
        using var open = stream;
        await again.SendReasoningAsync("thought");
        await again.SendAsync("right");
        await again.FinishAsync();

        var events = await stream.UntilAsync(next => next.IsEnd());

        Assert.Equal(
            [TurnEvents.Reset, TurnEvents.Start, "ai_reasoning_chunk", TurnEvents.Chunk, TurnEvents.Complete], events.Names());
        Assert.Equal("message_id reason thread_id turn_id type", events[0].Data.Members());
        Assert.Equal("upstream_closed", events[0].Text("reason"));
        Assert.Equal(2, events[1].Data.GetProperty("attempt").GetInt32());
        Assert.Equal("right", events[3].Text("accumulated_content"));
        Assert.Equal("right", events[^1].Text("final_content"));
        var message = (await _speaker.MessagesAsync(sent)).Items()[1];
        Assert.Equal(["right", "thought", "complete"], message.Texts("content reasoning status"));
    }

    [Fact]
    public async Task AReplay_HasTheTextOfEachAttemptByItself()
    {
        var (thread, stream, again) = await BreakOffAsync("wrong");
        using var open = stream;
        await again.SendAsync("right");
        await again.FinishAsync();
        await stream.UntilAsync(next => next.IsEnd());

        using var replay = await _speaker.FollowAsync(thread, "0");
        var events = await replay.UntilAsync(next => next.IsEnd());

        var reset = events.FindIndex(next => next.Event == TurnEvents.Reset);
        Assert.Equal("wrong", events[..reset].Joined());
        Assert.Equal("right", events[reset..].Joined());
        Assert.Equal(["wrong", "right"],
            events.Where(next => next.Event == TurnEvents.Chunk).Select(next => next.Text("accumulated_content")));
    }

    [Fact]
    public async Task WhoComesAfterTheReset_SeesNothingOfWhatWasWithdrawn()
    {
        var (thread, stream, again) = await BreakOffAsync("wrong");
        using var open = stream;
        await again.Begun;

        using var late = await _speaker.FollowAsync(thread);
        var running = (await late.NextAsync("connected")).Data.GetProperty("running")[0];
        var history = (await _speaker.MessagesAsync(thread)).Items()[1];
        await again.SendAsync("right");
        await again.FinishAsync();

        Assert.Equal(["", ""], running.Texts("accumulated_content reasoning"));
        Assert.Equal(["", "streaming"], history.Texts("content status"));
        Assert.Equal("right", (await late.UntilAsync(next => next.IsEnd()))[^1].Text("final_content"));
    }

    [Fact]
    public async Task WhenNoAttemptComesToAnEnd_TheLastOnesTextIsKept()
    {
        using var stream = await _speaker.SendAndFollowAsync(new { message = "[[tokens=4 fault=close@2]]" });

        var events = await stream.ToEndAsync();

        Assert.Equal(2, events.Count(next => next.Event == TurnEvents.Reset));
        Assert.Equal("word0 word1 ", events[events.FindLastIndex(next => next.Event == TurnEvents.Reset)..].Joined());
        Assert.Equal(["upstream_closed", "word0 word1 "], events[^1].Data.Texts("code partial_content"));
    }

    [Fact]
    public async Task WhatAnotherAttemptCannotMend_IsNotWithdrawn()
    {
        using var stream = await _speaker.SendAndFollowAsync(new { message = "[[tokens=4 fault=errchunk@2]]" });

        var events = await stream.ToEndAsync();

        Assert.DoesNotContain(TurnEvents.Reset, events.Names());
        Assert.Equal(["upstream_rejected", "word0 word1 "], events[^1].Data.Texts("code partial_content"));
    }

    [Fact]
    public async Task Usage_CountsWhatWasWithdrawn()
    {
        var (_, stream, again) = await BreakOffAsync("four characters and more");
        using var open = stream;
        await again.SendAsync("right");
        await again.FinishAsync();

        var usage = (await stream.UntilAsync(next => next.IsEnd()))[^1].Data.GetProperty("usage");

        // What the fake reported of the second, one token each way, and 1 and 6 estimated of the first.
        Assert.Equal(2, usage.GetProperty("input_tokens").GetInt64());
        Assert.Equal(7, usage.GetProperty("output_tokens").GetInt64());
        Assert.True(usage.GetProperty("estimated").GetBoolean());
    }

    /// <summary>Sends, lets the model say something and break off; then a second attempt is held.</summary>
    private async Task<(string Thread, SseReader Stream, HeldAnswer Again)> BreakOffAsync(string text)
    {
        var first = _talk.Upstream.Hold();
        var again = _talk.Upstream.Hold();
        var sent = await _speaker.SendAsync("go");
        var stream = await _speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await first.SendAsync(text);
        await stream.UntilTextAsync(text);
        await first.EndAsync();
        return (sent.Text("thread_id"), stream, again);
    }
}
