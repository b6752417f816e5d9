using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Conversations;

/// <summary>Whoever joins in mid-answer, by history or by stream, has the whole of it: nothing is missing, nothing twice.</summary>
public class JoiningTests(Talk talk) : IClassFixture<Talk>
{
    private static readonly string[] Chunks = ["One", " \u4e8c", " \ud83d\ude00", "\r\n", "data: 5", " six", "\u2028", " eight"];

    [Fact]
    public async Task HistoryAndStream_JoinWithoutHoleOrRepetition_AtEveryChunk()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var thread = (await speaker.SendAsync("go")).Text("thread_id");
        using var watch = await speaker.FollowAsync(thread);
        var joined = new List<(string History, SseReader Stream)>();
        foreach (var chunk in Chunks)
        {
            await held.SendAsync(chunk);
            await watch.UntilAsync(TurnEvents.Chunk);
            var page = await speaker.MessagesAsync(thread);
            Assert.Equal(watch.LastId, page.Text("cursor"));
            var answer = page.Items()[1];
            Assert.Equal("streaming", answer.Text("status"));
            joined.Add((answer.Text("content"), await speaker.FollowAsync(thread, page.Text("cursor"))));
        }

        await held.FinishAsync();

        for (var i = 0; i < joined.Count; i++)
        {
            var (history, rest) = joined[i];
            Assert.Equal(string.Concat(Chunks[..(i + 1)]), history);
            var connected = await rest.NextAsync("connected");
            Assert.Empty(connected.Data.GetProperty("running").EnumerateArray());
            var events = await rest.UntilAsync(TurnEvents.Complete);
            Assert.Equal(string.Concat(Chunks), history + events.Joined());
            rest.Dispose();
        }
    }

    [Fact]
    public async Task LateJoiner_HasTheTextSoFarInConnected_ThenExactlyTheLaterChunks_AtEveryChunk()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("go");
        var thread = sent.Text("thread_id");
        using var watch = await speaker.FollowAsync(thread);
        await held.SendReasoningAsync("hm");
        await watch.UntilAsync("ai_reasoning_chunk");
        var joined = new List<(SseEvent Connected, SseReader Stream)>();
        foreach (var chunk in Chunks)
        {
            foreach (var stream in new[] { await speaker.FollowAsync(thread), await speaker.FollowAllAsync() })
                joined.Add((await stream.NextAsync("connected"), stream));
            await held.SendAsync(chunk);
            await watch.UntilAsync(TurnEvents.Chunk);
        }

        await held.FinishAsync();

        for (var i = 0; i < joined.Count; i++)
        {
            var (connected, rest) = joined[i];
            var running = Assert.Single(connected.Data.GetProperty("running").EnumerateArray());
            AssertRunning(running, sent);
            Assert.Equal(string.Concat(Chunks[..(i / 2)]), running.Text("accumulated_content"));
            Assert.Equal("hm", running.Text("reasoning"));
            var events = await rest.UntilAsync(TurnEvents.Complete);
            Assert.Equal(string.Concat(Chunks[(i / 2)..]), events.Joined());
            rest.Dispose();
        }
    }

    [Fact]
    public async Task HistoryAndStream_Join_WhileAnAnswerRacesAlong()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = (await speaker.SendAsync("[[tokens=150 delay=3ms utf8]]")).Text("thread_id");
        using var watch = await speaker.FollowAsync(thread, "0");
        var joins = new List<Task<string>>();
        SseEvent next;
        while (!(next = await watch.NextAsync()).IsEnd())
            joins.Add(JoinAsync(speaker, thread));

        var final = next.Text("final_content");
        Assert.True(joins.Count > 20, $"{joins.Count} joins");
        Assert.All(await Task.WhenAll(joins), text => Assert.Equal(final, text));
    }

    [Fact]
    public async Task AStreamThatOpensAsATurnBegins_ShowsThatItRuns_InConnectedOrAsAnEvent()
    {
        for (var i = 0; i < 20; i++)
        {
            var speaker = await talk.NewSpeakerAsync();
            var held = talk.Upstream.Hold();
            var sending = speaker.SendAsync("go");
            using var stream = await speaker.FollowAllAsync();
            var turn = (await sending).Text("turn_id");
            await held.SendAsync("x");
            await held.FinishAsync();
            var events = await stream.UntilAsync(TurnEvents.Complete);
            var shown = events[0].Data.GetProperty("running").EnumerateArray().Select(running => running.Text("turn_id"))
                .Concat(events.Where(next => next.Event == "ai_response_start").Select(next => next.Text("turn_id")));
            Assert.Equal([turn], shown);
        }
    }

    private static async Task<string> JoinAsync(Speaker speaker, string thread)
    {
        var page = await speaker.MessagesAsync(thread);
        var message = page.Items()[^1];
        var history = message.Text("role") == "assistant" ? message.Text("content") : "";
        if (message.Text("status") != "streaming" && message.Text("role") == "assistant")
            return history;
        using var rest = await speaker.OpenAsync($"{Speaker.Api}/{thread}/stream?accumulated=false", page.Text("cursor"));
        return history + (await rest.UntilAsync(TurnEvents.Complete)).Joined();
    }

    private static void AssertRunning(JsonElement running, JsonElement sent)
    {
        Assert.Equal(
            "accumulated_content attempt message_id model reasoning started_at thread_id turn_id", running.Members());
        Assert.Equal(sent.Text("thread_id"), running.Text("thread_id"));
        Assert.Equal(sent.Text("turn_id"), running.Text("turn_id"));
        Assert.Equal(sent.Text("message_id"), running.Text("message_id"));
        Assert.Equal("fake-1", running.Text("model"));
        Assert.Equal(1, running.GetProperty("attempt").GetInt32());
        Assert.EndsWith("Z", running.Text("started_at"), StringComparison.Ordinal);
    }
}
