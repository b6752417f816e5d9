using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Conversations;

public class FollowConversationsTests(Talk talk) : IClassFixture<Talk>
{
    [Theory]
    [InlineData("/api/v1/conversations/stream")]
    [InlineData("/api/conversations/stream")]
    public async Task OneConnection_CarriesAllConversationsOfTheCaller_Interleaved(string path)
    {
        var speaker = await talk.NewSpeakerAsync();
        using var stream = await speaker.OpenAsync(path);
        Assert.Equal(JsonValueKind.Null, (await stream.NextAsync("connected")).Data.GetProperty("thread_id").ValueKind);
        var (one, other) = (talk.Upstream.Hold(), talk.Upstream.Hold());
        var first = (await speaker.SendAsync("first")).Text("thread_id");
        await one.Begun;
        var second = (await speaker.SendAsync("second")).Text("thread_id");
        await other.Begun;
        var seen = await stream.UntilAsync(next => next.Event == "ai_response_start" && next.Text("thread_id") == second);

        foreach (var (held, text) in new[] { (one, "a"), (other, "x"), (one, "b"), (other, "y"), (one, "c") })
        {
            await held.SendAsync(text);
            seen.Add(await stream.NextAsync(TurnEvents.Chunk));
        }

        await one.FinishAsync();
        seen.Add(await stream.NextAsync(TurnEvents.Complete));
        await other.FinishAsync();
        seen.Add(await stream.NextAsync(TurnEvents.Complete));

        Assert.Equal(["a", "x", "b", "y", "c"], seen.Where(IsChunk).Select(next => next.Text("content")));
        Assert.Equal(["a", "x", "ab", "xy", "abc"], seen.Where(IsChunk).Select(next => next.Text("accumulated_content")));
        Assert.Equal("abc", seen.Where(next => next.Text("thread_id") == first).Joined());
        Assert.Equal(Enumerable.Range(1, seen.Count).Select(number => (long)number), seen.ConvertAll(next => TurnEvents.Number(next.Id)));
        using var again = await speaker.FollowAllAsync("0");
        await again.NextAsync("connected");
        var replayed = await again.UntilAsync(next => next.Id == seen[^1].Id);
        Assert.Equal("abc", replayed.Where(next => next.Text("thread_id") == first).Joined());
        Assert.Equal("xy", replayed.Where(next => next.Text("thread_id") == second).Joined());
    }

    [Fact]
    public async Task Connected_ShowsAllRunningTurns_AndNobodyElsesEventsCome()
    {
        var (speaker, other) = (await talk.NewSpeakerAsync(), await talk.NewSpeakerAsync());
        var held = new[] { talk.Upstream.Hold(), talk.Upstream.Hold() };
        var threads = new List<string>();
        foreach (var answer in held)
        {
            threads.Add((await speaker.SendAsync("go")).Text("thread_id"));
            await answer.Begun;
        }

        using var stream = await speaker.FollowAllAsync();
        var running = (await stream.NextAsync("connected")).Data.GetProperty("running").EnumerateArray();
        Assert.Equal(threads.Order(), running.Select(turn => turn.Text("thread_id")).Order());

        using var ofOther = await other.FollowAllAsync();
        Assert.Empty((await ofOther.NextAsync("connected")).Data.GetProperty("running").EnumerateArray());
        foreach (var answer in held)
            await answer.FinishAsync();
        var sent = await other.SayAsync("mine");
        var first = await ofOther.NextAsync("user_message");
        Assert.Equal(sent.Text("turn_id"), first.Text("turn_id"));
        Assert.Equal(1, TurnEvents.Number(first.Id));
    }

    private static bool IsChunk(SseEvent next) => next.Event == TurnEvents.Chunk;
}
