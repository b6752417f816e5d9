using System.Text.Json;
using Microsoft.Data.Sqlite;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns.Queueing;

/// <summary>The real process, killed or stopped while turns wait, and started again on the same data.</summary>
public class QueueCrashTests(MortalServer mortal) : IClassFixture<MortalServer>
{
    [Fact]
    public async Task WhatWaited_GoesOnInOrder_AfterAKill_OnceTheDeadTurnHasItsEnd()
    {
        var server = await AliveAsync();
        var (first, waiting) = await FillAsync(server);

        await server.Process.SignalAsync("KILL");
        await server.Process.ExitAsync();
        await server.StartAgainAsync();

        var events = await AssertGoesOnAsync(server, first, waiting);
        Assert.Equal(("interrupted", "some"), (events[0].Text("code"), events[0].Text("partial_content")));
    }

    [Fact]
    public async Task WhatWaited_StaysWhereItIs_WhenTheServerStops_AndGoesOnAtTheNextStart()
    {
        var server = await AliveAsync();
        var (first, waiting) = await FillAsync(server);
        using var following = await server.Speaker.SendAndFollowAsync(
            new { message = "last", when_busy = "enqueue" }, first.Text("thread_id"));
        var last = (await following.UntilAsync("turn_queued"))[^1].Text("turn_id");

        await server.Process.SignalAsync("INT");
        var seen = await following.ToEndAsync();
        await server.Process.ExitAsync();
        await server.StartAgainAsync();

        Assert.Equal("server_draining", seen[^1].Event);
        await AssertGoesOnAsync(server, first, waiting);
        // Else its request takes the answer that the next test holds for its own.
        using var stream = await server.Speaker.FollowAsync(first.Text("thread_id"), first.Text("cursor"));
        await stream.UntilAsync(next => next.IsEnd() && next.Text("turn_id") == last);
    }

    [Fact]
    public async Task ATurnThatSomebodyHadStopped_EndsAsStopped_WhenTheProcessDiedBeforeItsEnd()
    {
        var server = await AliveAsync();
        var (first, waiting) = await FillAsync(server);
        await server.Process.SignalAsync("KILL");
        await server.Process.ExitAsync();
        // As after a kill between the stop and the end that it brings about.
        using (var connection = new SqliteConnection($"Data Source={server.DatabaseFile};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "update turns set end_requested = 'stopped' where status = 'running'";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        await server.StartAgainAsync();

        var events = await AssertGoesOnAsync(server, first, waiting);
        Assert.Equal(["some", "stopped"], events[0].Data.Texts("final_content finish_reason"));
        var stopped = await server.Speaker.StopAsync(first.Text("thread_id"), first.Text("turn_id"));
        Assert.Equal((true, events[0].Id), (stopped.GetProperty("stopped").GetBoolean(), stopped.Text("last_event_id")));
    }

    private Task<LivingServer> AliveAsync() => mortal.AliveAsync("Shutdown:GraceSeconds=0.2");

    /// <summary>A turn that runs and has shown some text, and two that wait.</summary>
    private static async Task<(JsonElement First, JsonElement[] Waiting)> FillAsync(LivingServer server)
    {
        var held = server.Upstream.Hold();
        var first = await server.Speaker.SendAsync("first");
        var thread = first.Text("thread_id");
        await held.SendAsync("some");
        using var stream = await server.Speaker.FollowAsync(thread, first.Text("cursor"));
        await stream.UntilTextAsync("some");
        return (first,
        [
            await server.Speaker.SendBusyAsync("second", thread, "enqueue"),
            await server.Speaker.SendBusyAsync("third", thread, "enqueue"),
        ]);
    }

    /// <summary>The ends of the turns, in their order.</summary>
    private static async Task<List<SseEvent>> AssertGoesOnAsync(LivingServer server, JsonElement first, JsonElement[] waiting)
    {
        using var stream = await server.Speaker.FollowAsync(first.Text("thread_id"), first.Text("cursor"));
        var events = await stream.UntilAsync(next => next.IsEnd() && next.Text("turn_id") == waiting[^1].Text("turn_id"));
        var ends = events.FindAll(next => next.IsEnd());
        Assert.Equal(
            [first.Text("turn_id"), waiting[0].Text("turn_id"), waiting[1].Text("turn_id")],
            ends.Select(next => next.Text("turn_id")));
        Assert.Equal("You said: second", ends[1].Text("final_content"));
        Assert.Equal("You said: third", ends[2].Text("final_content"));
        return ends;
    }
}
