using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns;

/// <summary>The real process, killed in mid-answer and started again on the same data.</summary>
public class CrashTests(MortalServer mortal) : IClassFixture<MortalServer>
{
    [Fact]
    public async Task ATurnWhoseProcessWasKilled_EndsOnce_WithAllTheTextThatWasShown_AndCursorsStayGood()
    {
        var server = await AliveAsync();
        var held = server.Upstream.Hold();
        var sent = await server.Speaker.SendAsync("go");
        var thread = sent.Text("thread_id");
        await held.Begun;
        var racing = (await server.Speaker.SendAsync("[[tokens=5000 delay=1ms utf8]]")).Text("thread_id");
        using var watch = await server.Speaker.FollowAsync(thread, sent.Text("cursor"));
        using var watchRacing = await server.Speaker.FollowAsync(racing, "0");
        await held.SendAsync("one");
        await watch.UntilTextAsync("one");
        var cursor = watch.LastId;
        await held.SendAsync(" two");
        await watch.UntilTextAsync(" two");
        var shown = await ReadUntilItDiesAsync(watchRacing, () => server.Process.SignalAsync("KILL"));

        await server.StartAgainAsync();

        await AssertInterruptedAsync(server.Speaker, thread, text => Assert.Equal("one two", text));
        await AssertInterruptedAsync(server.Speaker, racing, text => Assert.StartsWith(shown, text, StringComparison.Ordinal));
        using var resumed = await server.Speaker.FollowAsync(thread, cursor);
        var rest = await resumed.UntilAsync(TurnEvents.Error);
        Assert.Equal(["connected", TurnEvents.Chunk, TurnEvents.Error], rest.Names());
        Assert.Equal(" two", rest.Joined());
        await AssertNextRoundAsync(server, thread, resumed, "one two");
    }

    [Fact]
    public async Task ATurnThatHadNotBegunToAnswer_EndsOnce_WithoutText()
    {
        var server = await AliveAsync();
        var held = server.Upstream.Hold();
        var sent = await server.Speaker.SendAsync("go");
        await held.Begun;
        await server.Process.SignalAsync("KILL");
        await server.Process.ExitAsync();

        await server.StartAgainAsync();

        using var stream = await server.Speaker.FollowAllAsync(sent.Text("user_cursor"));
        var events = await stream.UntilAsync(next => next.IsEnd());
        Assert.Equal(("interrupted", ""), (events[^1].Text("code"), events[^1].Text("partial_content")));
        Assert.False((await server.Speaker.GetAsync(Speaker.Api)).Items()[0].GetProperty("running").GetBoolean());
        await AssertNextRoundAsync(server, sent.Text("thread_id"), stream, "");
    }

    [Fact]
    public async Task ATurnWhoseProcessWasKilledAfterAReset_EndsWithoutTheTextThatWasWithdrawn()
    {
        var server = await AliveAsync();
        var (first, again) = (server.Upstream.Hold(), server.Upstream.Hold());
        var sent = await server.Speaker.SendAsync("go");
        using var watch = await server.Speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await first.SendAsync("wrong");
        await watch.UntilTextAsync("wrong");
        await first.EndAsync();
        await watch.UntilAsync(TurnEvents.Reset);
        await again.SendAsync("right");
        await watch.UntilTextAsync("right");
        await server.Process.SignalAsync("KILL");
        await server.Process.ExitAsync();

        await server.StartAgainAsync();

        var events = await server.Speaker.TurnAsync(sent);
        Assert.Equal(["interrupted", "right"], events[^1].Data.Texts("code partial_content"));
        var answer = (await server.Speaker.MessagesAsync(sent.Text("thread_id"))).Items()[1];
        Assert.Equal(["interrupted", "right"], answer.Texts("status content"));
    }

    private Task<LivingServer> AliveAsync() => mortal.AliveAsync("Models:Providers:0:RetryAfterText=true");

    /// <summary>The text that a client has seen when the process is killed while it goes on.</summary>
    private static async Task<string> ReadUntilItDiesAsync(SseReader stream, Func<Task> kill)
    {
        var events = new List<SseEvent>();
        while (events.Count(next => next.Event == TurnEvents.Chunk) < 50)
            events.Add(await stream.NextAsync());
        var killing = kill();
        try
        {
            while (await stream.TryNextAsync() is { } next)
                events.Add(next);
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            // Just what a killed server does.
        }

        await killing;
        return events.Joined();
    }

    private static async Task AssertInterruptedAsync(Speaker speaker, string thread, Action<string> check)
    {
        var page = await speaker.MessagesAsync(thread);
        var answer = page.Items()[1];
        Assert.Equal("interrupted", answer.Text("status"));
        var text = answer.Text("content");
        check(text);
        using var stream = await speaker.OpenAsync($"{Speaker.Api}/{thread}/stream?accumulated=false", "0");
        var events = await stream.UntilAsync(next => next.Id == page.Text("cursor"));
        var error = Assert.Single(events, next => next.IsEnd());
        Assert.Equal(events[^1], error);
        Assert.Equal("interrupted", error.Text("code"));
        Assert.True(error.Data.GetProperty("retryable").GetBoolean());
        Assert.Equal(text, error.Text("partial_content"));
        Assert.Equal(text, events.Joined());
        Assert.Equal(answer.Text("message_id"), error.Text("message_id"));
        Assert.Equal(JsonValueKind.Object, answer.GetProperty("usage").ValueKind);
    }

    private static async Task AssertNextRoundAsync(LivingServer server, string thread, SseReader stream, string kept)
    {
        await server.Speaker.SendAsync("again", thread);
        var events = await stream.UntilAsync(next => next.IsEnd());
        Assert.Equal("user_message", events[0].Event);
        Assert.Equal("You said: again", events[^1].Text("final_content"));
        var told = $"{kept}\n\n[This answer broke off here.]".TrimStart();
        Assert.Equal(["go", told, "again"], server.Upstream.Requests[^1].Messages.Select(message => message.Content));
    }
}
