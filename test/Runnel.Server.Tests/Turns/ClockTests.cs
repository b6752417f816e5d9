using Microsoft.Extensions.DependencyInjection;
using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Retaining;

namespace Runnel.Server.Tests.Turns;

/// <summary>The clock of the machine is set back.</summary>
public class ClockTests
{
    [Fact]
    public async Task AClockThatIsSetBackAnHour_StopsNothing()
    {
        var time = new FakeTime();
        await using var upstream = await FakeUpstream.StartAsync();
        await using var server = await RunnelServer.StartAsync(
            builder => builder.Services.AddSingleton<TimeProvider>(time),
            [.. Talk.ModelAt(upstream), "Streams:HeartbeatSeconds=0.1", "Streams:RetentionHours=0.5", "Shutdown:GraceSeconds=0"]);
        var speaker = new Speaker(await server.NewUserAsync());
        var done = await speaker.SayAsync("done");
        var held = upstream.Hold();
        var sent = await speaker.SendAsync("go");
        using var stream = await speaker.OpenAsync(
            $"{Speaker.Api}/{sent.Text("thread_id")}/stream?heartbeat=event", sent.Text("cursor"));
        await held.SendAsync("one");
        await stream.UntilTextAsync("one");

        time.Advance(TimeSpan.FromHours(-1));

        await stream.UntilAsync("ping");
        await server.Services.GetRequiredService<EventRetention>().TrimAsync(TestContext.Current.CancellationToken);
        await held.SendAsync(" two");
        await held.FinishAsync();
        Assert.Equal("one two", (await stream.UntilAsync(next => next.IsEnd()))[^1].Text("final_content"));
        var next = await speaker.SayAsync("next", done.Text("thread_id"));
        var events = await speaker.TurnAsync(next);
        Assert.InRange(events[^1].Data.GetProperty("duration_ms").GetInt64(), 0, 60_000);
        Assert.Equal("user_message", (await speaker.TurnAsync(done))[0].Event);
        Assert.Equal(4, (await speaker.MessagesAsync(done.Text("thread_id"))).Items().Count);
    }
}
