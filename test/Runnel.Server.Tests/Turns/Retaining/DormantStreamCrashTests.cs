using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns.Retaining;

public class DormantStreamCrashTests
{
    [Fact]
    public async Task AStreamThatWentDormant_BeforeTheProcessWasKilled_IsMadeAnew_AndLosesNothing()
    {
        await using var server = await LivingServer.StartAsync("Streams:DormantHours=0.001");
        var said = await server.Speaker.SayAsync("said", clientMessageId: "m-1");
        var known = said.Text("user_cursor");
        // A message that is repeated is told where its turn is: nowhere, once the stream is gone.
        while (await CursorOfRepeatAsync(server.Speaker) == known)
            await Task.Delay(100, TestContext.Current.CancellationToken); // polls: the server's own sweep
        await server.Process.SignalAsync("KILL");
        await server.Process.ExitAsync();

        await server.StartAgainAsync();

        using var stream = await server.Speaker.FollowAllAsync(known);
        Assert.Equal("recreated", (await stream.NextAsync("resync")).Text("reason"));
        var more = await server.Speaker.SayAsync("more", said.Text("thread_id"));
        var seen = await stream.UntilAsync(next => next.IsEnd());
        Assert.Equal("You said: more", seen.Joined());
        Assert.Equal((more.Text("turn_id"), 1L), (seen[0].Text("turn_id"), TurnEvents.Number(seen[0].Id)));
        Assert.Equal(4, (await server.Speaker.MessagesAsync(said.Text("thread_id"))).Items().Count);
    }

    private static async Task<string> CursorOfRepeatAsync(Speaker speaker)
    {
        using var answer = await speaker.PostAsync(new { message = "said", client_message_id = "m-1" });
        return (await answer.JsonAsync()).Text("user_cursor");
    }
}
