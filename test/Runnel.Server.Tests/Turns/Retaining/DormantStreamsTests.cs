using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Fakes;
using Runnel.Server.Retaining;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Turns.Retaining;
using Runnel.Streams.AspNetCore.Places;

namespace Runnel.Server.Tests.Turns.Retaining;

public sealed class DormantStreamsTests : IAsyncLifetime
{
    /// <summary>Half an hour, and what it may be inexact by.</summary>
    private static readonly TimeSpan PastDormancy = TimeSpan.FromMinutes(32);

    private readonly FakeTime _time = new();
    private FakeUpstream _upstream = null!;
    private RunnelServer _server = null!;
    private Speaker _speaker = null!;

    private static CancellationToken End => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        _server = await RunnelServer.StartAsync(
            builder => builder.Services.AddSingleton<TimeProvider>(_time),
            [
                .. Talk.ModelAt(_upstream), "Streams:DormantHours=0.5", "Streams:RetentionHours=2", "Shutdown:GraceSeconds=0",
                "Limits:StreamsPerUser=500", "Auth:AccessTokenMinutes=1440", "Streams:LifetimeMinutes=1440",
            ]);
        _speaker = new Speaker(await _server.NewUserAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task AStreamThatNobodyUsed_GoesDormant_AndOlderCursorsOpenWithResync_AndGoOn()
    {
        var old = await _speaker.SayAsync("old");
        _time.Advance(PastDormancy);

        Assert.Equal(1, await LetGoAsync());
        Assert.Equal(0, await LetGoAsync());

        using var stream = await _speaker.FollowAllAsync(old.Text("user_cursor"));
        await AssertRecreatedAsync(stream);
        var fresh = await _speaker.SayAsync("fresh", old.Text("thread_id"));
        var seen = await stream.UntilAsync(next => next.IsEnd());
        Assert.All(seen, next => Assert.Equal(fresh.Text("turn_id"), next.Text("turn_id")));
        Assert.Equal(("user_message", 1L), (seen[0].Event, TurnEvents.Number(seen[0].Id)));
        Assert.Equal("You said: fresh", seen.Joined());
        using var after = await _speaker.FollowAllAsync(fresh.Text("user_cursor"));
        await after.NextAsync("connected");
        Assert.Equal(4, (await _speaker.MessagesAsync(old.Text("thread_id"))).Items().Count);
    }

    [Fact]
    public async Task AMessage_WakesADormantStream_AndItsCursorMissesNothing()
    {
        await _speaker.SayAsync("old");
        _time.Advance(PastDormancy);
        Assert.Equal(1, await LetGoAsync());
        var held = _upstream.Hold();
        var sent = await _speaker.SendAsync("go");
        await held.SendAsync("one");

        using var stream = await _speaker.FollowAllAsync(sent.Text("user_cursor"));
        var shown = await stream.UntilTextAsync("one");
        using var late = await _speaker.FollowAllAsync();
        var running = Assert.Single((await late.NextAsync("connected")).Data.GetProperty("running").EnumerateArray());
        await held.FinishAsync();

        Assert.Equal(["connected", "user_message", TurnEvents.Start, TurnEvents.Chunk], shown.Names());
        Assert.Equal(["one", sent.Text("turn_id")], running.Texts("accumulated_content turn_id"));
        await stream.UntilAsync(TurnEvents.Complete);
        await late.UntilAsync(TurnEvents.Complete);
    }

    [Fact]
    public async Task AStreamThatIsOpen_StaysAwake_AndItsCursorIsGoodForAsLongAfterwards_AlsoAcrossARestart()
    {
        using (var open = await _speaker.FollowAllAsync())
        {
            await open.NextAsync("connected");
            _time.Advance(PastDormancy);
            Assert.Equal(0, await SweepAsync());
            await _speaker.SayAsync("said");
            await open.UntilAsync(next => next.IsEnd());
            _time.Advance(PastDormancy);
            Assert.Equal(0, await SweepAsync());
            await AssertKnownAsync(_speaker, open.LastId);
            await _server.RestartAsync();
            await AssertKnownAsync(SignedInAgain(), open.LastId);
        }
    }

    [Fact]
    public async Task ATurnThatRunsOrWaits_KeepsItsOwnersStreamAwake()
    {
        var held = _upstream.Hold();
        var running = await _speaker.SendAsync("running");
        await held.Begun;
        var waiting = await _speaker.SendBusyAsync("waiting", running.Text("thread_id"), "enqueue");
        _time.Advance(PastDormancy);
        Assert.Equal(0, await LetGoAsync());

        using (var stream = await _speaker.FollowAllAsync(running.Text("user_cursor")))
        {
            await stream.NextAsync("connected");
            await held.FinishAsync();
            await stream.UntilAsync(next => next.IsEnd() && next.Text("turn_id") == waiting.Text("turn_id"));
        }

        // The end of a turn is a use.
        Assert.Equal(0, await LetGoAsync());
        _time.Advance(PastDormancy);
        Assert.Equal(1, await LetGoAsync());
    }

    [Theory]
    [InlineData("follow")]
    [InlineData("rename")]
    [InlineData("delete")]
    public async Task AStreamThatWasUsedMeanwhile_StaysAwake(string use)
    {
        var sent = await _speaker.SayAsync("said");
        _time.Advance(PastDormancy);
        await UseAsync(use, sent.Text("thread_id"));

        Assert.Equal(0, await LetGoAsync());

        await AssertKnownAsync(_speaker, sent.Text("user_cursor"));
        _time.Advance(PastDormancy);
        Assert.Equal(1, await LetGoAsync());
    }

    [Fact]
    public async Task AStreamMadeAnew_IsTrimmedByItsOwnNumbers()
    {
        var old = await _speaker.SayAsync("same");
        _time.Advance(PastDormancy);
        Assert.Equal(1, await LetGoAsync());
        var fresh = await _speaker.SayAsync("same", old.Text("thread_id"));
        _time.Advance(TimeSpan.FromMinutes(100));
        // Now only the old turn has been over for long enough, and nothing of it is in this stream.
        await _server.Services.GetRequiredService<EventRetention>().TrimAsync(End);
        await AssertKnownAsync(_speaker, fresh.Text("user_cursor"));

        _time.Advance(TimeSpan.FromMinutes(30));
        await _server.Services.GetRequiredService<EventRetention>().TrimAsync(End);

        using var stream = await _speaker.FollowAllAsync(fresh.Text("user_cursor"));
        Assert.Equal("retention", (await stream.NextAsync("resync")).Text("reason"));
    }

    [Fact]
    public async Task AMessageRepeated_AfterItsOwnersStreamWentDormant_GetsACursorThatOpensWithResync()
    {
        var body = new { message = "once", client_message_id = "m-1" };
        string thread;
        using (var first = await _speaker.SendAndFollowAsync(body))
            thread = (await first.ToEndAsync())[^1].Text("thread_id");
        _time.Advance(PastDormancy);
        Assert.Equal(1, await LetGoAsync());

        var dormant = await RepeatAsync(body);
        await AssertOpensWithResyncAsync(dormant);
        for (var i = 0; i < 3; i++)
            await _speaker.SayAsync("more", thread);
        // By now the new stream has the number that the turn had in the old one.
        await AssertOpensWithResyncAsync(await RepeatAsync(body));
    }

    private DormantStreams Dormant => _server.Services.GetRequiredService<DormantStreams>();

    private static async Task AssertRecreatedAsync(SseReader stream)
    {
        var opening = await stream.NextAsync("resync");
        Assert.Equal("recreated", opening.Text("reason"));
        Assert.Empty(opening.Data.GetProperty("running").EnumerateArray());
        Assert.Empty(opening.Data.GetProperty("queued").EnumerateArray());
    }

    private static async Task AssertKnownAsync(Speaker speaker, string cursor)
    {
        using var stream = await speaker.FollowAllAsync(cursor);
        await stream.NextAsync("connected");
    }

    private async Task AssertOpensWithResyncAsync(string cursor)
    {
        using var stream = await _speaker.FollowAllAsync(cursor);
        Assert.Equal("recreated", (await stream.NextAsync("resync")).Text("reason"));
    }

    private async Task<string> RepeatAsync(object body)
    {
        using var answer = await _speaker.PostAsync(body);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return (await answer.JsonAsync()).Text("user_cursor");
    }

    private async Task UseAsync(string use, string threadId)
    {
        var path = new Uri($"{Speaker.Api}/{threadId}", UriKind.Relative);
        if (use == "follow")
            (await _speaker.FollowAllAsync()).Dispose();
        else if (use == "rename")
            (await _speaker.Client.PatchAsJsonAsync(path, new { title = "Another" }, End)).EnsureSuccessStatusCode();
        else
            (await _speaker.Client.DeleteAsync(path, End)).EnsureSuccessStatusCode();
    }

    private Speaker SignedInAgain()
    {
        var client = _server.NewClient();
        client.DefaultRequestHeaders.Authorization = _speaker.Client.DefaultRequestHeaders.Authorization;
        return new Speaker(client);
    }

    private async Task<int> SweepAsync()
    {
        await Dormant.KeepOpenAsync(End);
        return await Dormant.LetGoAsync(End);
    }

    private async Task<int> LetGoAsync()
    {
        await AllPlacesFreeAsync();
        return await Dormant.LetGoAsync(End);
    }

    /// <summary>The server notices a moment later that a client has left.</summary>
    private async Task AllPlacesFreeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_server.Services.GetRequiredService<StreamPlaces>().Taken > 0)
            await Task.Delay(20, deadline.Token); // polls: nobody tells when the last place is free
    }
}
