using System.Net;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns;

/// <summary>Ctrl-C while streams are open and turns run.</summary>
public class ShutdownTests
{
    [Fact]
    public async Task CtrlC_LetsTurnsEnd_InterruptsTheRest_TellsTheStreams_AndLosesNothing()
    {
        await using var server = await LivingServer.StartAsync();
        var (ending, hanging) = (server.Upstream.Hold(), server.Upstream.Hold());
        var first = await server.Speaker.SendAsync("ends in time");
        await ending.Begun;
        var second = await server.Speaker.SendAsync("does not");
        await hanging.Begun;
        using var stream = await server.Speaker.FollowAllAsync(first.Text("user_cursor"));
        await hanging.SendAsync("some text");
        var events = await stream.UntilAsync(TurnEvents.Chunk);

        await server.Process.SignalAsync("INT");
        await UntilNotReadyAsync(server.Speaker.Client);
        using var refused = await server.Speaker.PostAsync(new { message = "too late" });
        await refused.ProblemAsync(503, "draining");
        Assert.NotNull(refused.Headers.RetryAfter);
        using var late = await server.Speaker.FollowAsync(first.Text("thread_id"));
        await ending.SendAsync("whole");
        await ending.FinishAsync();
        events.AddRange(await stream.ToEndAsync());
        var lateEvents = await late.ToEndAsync();

        Assert.Equal(0, await server.Process.ExitAsync());
        foreach (var draining in new[] { events[^1], lateEvents[^1] })
        {
            Assert.Equal(("server_draining", ""), (draining.Event, draining.Id));
            Assert.True(draining.Data.GetProperty("retry_ms").GetInt32() > 0);
        }

        await server.StartAgainAsync();
        await AssertKeptAsync(server, first.Text("thread_id"), "whole", "complete");
        await AssertKeptAsync(server, second.Text("thread_id"), "some text", "interrupted");
        await AssertGoesOnAsync(server, stream.LastId, events, first.Text("thread_id"));
    }

    private static async Task UntilNotReadyAsync(HttpClient client)
    {
        while (true)
        {
            using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            if (ready.StatusCode == HttpStatusCode.ServiceUnavailable)
                return;
        }
    }

    private static async Task AssertKeptAsync(LivingServer server, string thread, string text, string status)
    {
        var answer = (await server.Speaker.MessagesAsync(thread)).Items()[1];
        Assert.Equal((text, status), (answer.Text("content"), answer.Text("status")));
    }

    /// <summary>A stream that was closed before it had everything gets the rest from the restarted server.</summary>
    private static async Task AssertGoesOnAsync(LivingServer server, string cursor, List<SseEvent> before, string thread)
    {
        using var stream = await server.Speaker.FollowAllAsync(cursor);
        Assert.Equal(cursor, (await stream.NextAsync("connected")).Id);
        await server.Speaker.SendAsync("again", thread);
        var after = await stream.UntilAsync(next => next.Event == TurnEvents.Complete && next.Text("thread_id") == thread);

        var all = before.Where(next => next.Id.Length > 0 && next.Event != "connected").Concat(after).ToList();
        Assert.Equal([TurnEvents.Complete, TurnEvents.Error, TurnEvents.Complete], all.Where(next => next.IsEnd()).Names());
        var interrupted = all.Single(next => next.Event == TurnEvents.Error);
        Assert.Equal(("interrupted", "some text"), (interrupted.Text("code"), interrupted.Text("partial_content")));
        Assert.Equal("You said: again", all[^1].Text("final_content"));
        Assert.Equal(all.Select(next => next.Id).Distinct(), all.Select(next => next.Id));
        Assert.Equal("some textwholeYou said: again", all.Joined());
    }
}
