using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Turns.Retaining;
using Runnel.Streams;
using Runnel.Streams.AspNetCore.Places;

namespace Runnel.Server.Tests.Turns.Retaining;

/// <summary>Somebody comes while a stream is about to go dormant.</summary>
public sealed class DormantStreamRaceTests : IAsyncLifetime
{
    private static readonly TimeSpan PastDormancy = TimeSpan.FromMinutes(32);

    private readonly FakeTime _time = new();
    private FakeUpstream _upstream = null!;
    private RunnelServer _server = null!;

    private static CancellationToken End => TestContext.Current.CancellationToken;

    private DormantStreams Dormant => _server.Services.GetRequiredService<DormantStreams>();

    public async ValueTask InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        _server = await RunnelServer.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(_time);
                InterruptedLog.Register(builder);
            },
            [
                .. Talk.ModelAt(_upstream), "Streams:DormantHours=0.5", "Shutdown:GraceSeconds=0", "Limits:StreamsPerUser=500",
                "Auth:AccessTokenMinutes=1440", "Streams:LifetimeMinutes=1440",
            ]);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData("send")]
    [InlineData("follow")]
    [InlineData("rename")]
    public async Task WhateverComes_BetweenTheLookAndTheCommit_KeepsTheStream(string use)
    {
        var speaker = new Speaker(await _server.NewUserAsync());
        var said = await speaker.SayAsync("said");
        await AllPlacesFreeAsync();
        _time.Advance(PastDormancy);
        var log = (InterruptedLog)_server.Services.GetRequiredService<IEventStreams>();
        log.BeforeDeletion = () => UseAsync(use, speaker, said.Text("thread_id"));

        Assert.Equal(0, await Dormant.LetGoAsync(End));

        using var stream = await speaker.FollowAllAsync(said.Text("user_cursor"));
        await stream.NextAsync("connected");
    }

    [Fact]
    public async Task SendsThatRaceWithTheLettingGo_LoseNothing()
    {
        var speakers = new List<(Speaker Speaker, string Cursor)>();
        for (var i = 0; i < 8; i++)
        {
            var speaker = new Speaker(await _server.NewUserAsync());
            speakers.Add((speaker, (await speaker.SayAsync("first")).Text("user_cursor")));
        }

        for (var round = 0; round < 5; round++)
        {
            await AllPlacesFreeAsync();
            _time.Advance(PastDormancy);
            var sends = speakers.ConvertAll(each => SendAndCompareAsync(each.Speaker, each.Cursor));
            await Dormant.LetGoAsync(End);
            var cursors = await Task.WhenAll(sends);
            speakers = [.. speakers.Zip(cursors, (each, cursor) => (each.Speaker, cursor))];
        }
    }

    private async Task UseAsync(string use, Speaker speaker, string threadId)
    {
        if (use == "send")
        {
            // It runs, and does not end.
            _upstream.Hold();
            await speaker.SendAsync("go", threadId);
        }
        else if (use == "follow")
        {
            (await speaker.FollowAllAsync()).Dispose();
        }
        else
        {
            var path = new Uri($"{Speaker.Api}/{threadId}", UriKind.Relative);
            (await speaker.Client.PatchAsJsonAsync(path, new { title = "Another" }, End)).EnsureSuccessStatusCode();
        }
    }

    /// <summary>Sends, and follows both from the turn's beginning and from what was known before.</summary>
    private static async Task<string> SendAndCompareAsync(Speaker speaker, string last)
    {
        var sent = await speaker.SendAsync("[[tokens=20 delay=1ms]]");
        using var stream = await speaker.FollowAllAsync(sent.Text("user_cursor"));
        await stream.NextAsync("connected");
        var turn = await stream.UntilAsync(next => next.IsEnd());
        Assert.Equal("user_message", turn[0].Event);
        Assert.Equal(turn[^1].Text("final_content"), turn.Joined());

        using var before = await speaker.FollowAllAsync(last);
        var opening = await before.NextAsync();
        if (opening.Event == "resync")
        {
            Assert.Equal("recreated", opening.Text("reason"));
            return stream.LastId;
        }

        var known = await before.UntilAsync(next => next.IsEnd() && IsOf(next, sent));
        Assert.Equal(turn.Joined(), known.FindAll(next => IsOf(next, sent)).Joined());
        return stream.LastId;
    }

    private static bool IsOf(SseEvent next, JsonElement sent) => next.Text("turn_id") == sent.Text("turn_id");

    /// <summary>The server notices a moment later that a client has left.</summary>
    private async Task AllPlacesFreeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_server.Services.GetRequiredService<StreamPlaces>().Taken > 0)
            await Task.Delay(20, deadline.Token); // polls: nobody tells when the last place is free
    }
}
