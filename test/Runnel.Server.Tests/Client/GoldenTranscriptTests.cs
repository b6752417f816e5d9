using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Client;

/// <summary>What this server says is what it said when the transcripts were recorded, which the client replays: so both agree
/// on what a stream looks like, and on the history that it adds up to.</summary>
public class GoldenTranscriptTests(Talk talk) : IClassFixture<Talk>
{
    private static readonly string[] Pieces = ["Water ", "that\n\n", "flows 🌊."];

    [Fact]
    public Task Answer_WithReasoning_IsAsRecorded() => RecordAsync("answer", async (speaker, thread) =>
    {
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("What is 水?", thread, "c-1");
        using var stream = await speaker.OpenAsync($"{Speaker.Api}/{thread}/stream?accumulated=false", sent.Text("cursor"));
        await held.SendReasoningAsync("A river is ");
        await stream.UntilAsync("ai_reasoning_chunk");
        await held.SendReasoningAsync("water.");
        await stream.UntilAsync("ai_reasoning_chunk");
        foreach (var piece in Pieces)
        {
            await held.SendAsync(piece);
            await stream.UntilAsync(TurnEvents.Chunk);
        }

        await held.FinishAsync();
        await stream.UntilAsync(TurnEvents.Complete);
    });

    [Fact]
    public Task Queue_OfTurnsThatStopAndFail_IsAsRecorded() => RecordAsync("queue", async (speaker, thread) =>
    {
        var first = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("one", thread, "c-1");
        using var stream = await speaker.OpenAsync($"{Speaker.Api}/{thread}/stream?accumulated=false", sent.Text("cursor"));
        await first.SendAsync("Half");
        await stream.UntilAsync(TurnEvents.Chunk);
        var second = talk.Upstream.Hold();
        await speaker.SendBusyAsync("two", thread, "enqueue", "c-2");
        await speaker.SendBusyAsync("three", thread, "enqueue", "c-3");
        await speaker.StopAsync(thread);
        await second.SendAsync("Broken");
        await stream.UntilAsync(TurnEvents.Chunk);
        var third = talk.Upstream.Hold();
        await second.EndAsync();
        await stream.UntilAsync(TurnEvents.Error);
        await third.SendAsync("Whole.");
        await stream.UntilAsync(TurnEvents.Chunk);
        await third.FinishAsync();
        await stream.UntilAsync(TurnEvents.Complete);
    });

    [Fact]
    public Task Rollback_IsAsRecorded() => RecordAsync("rollback", async (speaker, thread) =>
    {
        var first = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("wrong", thread, "c-1");
        using var stream = await speaker.OpenAsync($"{Speaker.Api}/{thread}/stream?accumulated=false", sent.Text("cursor"));
        await first.SendAsync("So ");
        await stream.UntilAsync(TurnEvents.Chunk);
        var second = talk.Upstream.Hold();
        await speaker.SendBusyAsync("right", thread, "rollback", "c-2");
        await second.SendAsync("Yes.");
        await stream.UntilAsync(TurnEvents.Chunk);
        await second.FinishAsync();
        await stream.UntilAsync(next => next.Event == TurnEvents.Complete && next.Text("final_content") == "Yes.");
    });

    private async Task RecordAsync(string name, Func<Speaker, string, Task> story)
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync(name);
        await story(speaker, thread);
        var page = await speaker.GetAsync($"{Speaker.Api}/{thread}/events?limit=1000");
        var messages = await speaker.MessagesAsync(thread);
        await ClientFile.HoldsAsync($"test/golden/{name}.json", GoldenText.Of(page.GetProperty("events"), messages));
    }
}
