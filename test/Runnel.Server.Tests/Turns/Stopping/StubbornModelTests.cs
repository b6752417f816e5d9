using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns.Stopping;

/// <summary>Models behind somebody's own client that does not do what it is told.</summary>
public sealed class StubbornModelTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly StubbornClient _model = new();

    private static CancellationToken End => TestContext.Current.CancellationToken;

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(Manner.DoesNotListen)]
    [InlineData(Manner.TalksOn)]
    [InlineData(Manner.BlocksItsThread)]
    [InlineData(Manner.BlocksWhoeverCancels)]
    [InlineData(Manner.HangsWhenDisposed)]
    public async Task WhateverAClientDoes_AStopEndsTheTurnAtOnce_AndWhatItSaysLaterIsNotRead(Manner manner)
    {
        _model.Manner = manner;
        await using var server = await StartAsync();
        var speaker = new Speaker(await server.NewUserAsync());
        var sent = await speaker.SendAsync("go");
        using var stream = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await stream.UntilAsync(TurnEvents.Chunk);

        // The client is still in the middle of what it does, but for the one that is not asked for its next word any more.
        var stopped = await speaker.StopAsync(sent.Text("thread_id"));
        if (manner != Manner.TalksOn)
            Assert.False(_model.Ended.Task.IsCompleted);
        _model.Release();
        await _model.Ended.Task.WaitAsync(Patience, End);

        Assert.Equal(["stopped", sent.Text("turn_id")], stopped.Texts("status turn_id"));
        var events = await speaker.TurnAsync(sent);
        Assert.Equal("stopped", events[^1].Text("finish_reason"));
        Assert.Equal(events[^1].Text("final_content"), events.Joined());
        Assert.DoesNotContain("late", events.Joined(), StringComparison.Ordinal);
        var answer = (await speaker.MessagesAsync(sent.Text("thread_id"))).Items()[1];
        Assert.Equal(["stopped", events.Joined()], answer.Texts("status content"));
    }

    [Fact]
    public async Task AClientThatBlocksBeforeItAnswers_IsStoppedToo()
    {
        _model.Manner = Manner.BlocksTheRequest;
        await using var server = await StartAsync();
        var speaker = new Speaker(await server.NewUserAsync());
        var sent = await speaker.SendAsync("go");
        await _model.Asked.Task.WaitAsync(Patience, End);

        var stopped = await speaker.StopAsync(sent.Text("thread_id"));

        Assert.Equal(["stopped", sent.Text("turn_id")], stopped.Texts("status turn_id"));
    }

    [Fact]
    public async Task WhatAClientThatBlocksItsThreadHasSaid_IsShownMeanwhile_AndTimesOut()
    {
        _model.Manner = Manner.BlocksItsThread;
        await using var server = await StartAsync("Models:Timeouts:StallSeconds=1");
        var speaker = new Speaker(await server.NewUserAsync());

        var end = (await speaker.TurnAsync(await speaker.SendAsync("go")))[^1];

        Assert.Equal(["upstream_stalled", StubbornClient.Word], end.Data.Texts("code partial_content"));
    }

    [Theory]
    [InlineData(Manner.HangsWhenDisposed)]
    [InlineData(Manner.FailsWhenDisposed)]
    public async Task AWholeAnswer_IsWhole_HoweverItsClientEnds_AndTheLogSaysSo(Manner manner)
    {
        (_model.Manner, _model.IsBrief) = (manner, true);
        using var log = new CapturedLog();
        await using var server = await StartAsync(log);
        var speaker = new Speaker(await server.NewUserAsync());

        var end = (await speaker.TurnAsync(await speaker.SendAsync("go")))[^1];

        Assert.Equal(["stop", StubbornClient.Word], end.Data.Texts("finish_reason final_content"));
        var said = manner == Manner.HangsWhenDisposed ? "has not ended" : "failed when it was disposed";
        using var patience = new CancellationTokenSource(Patience);
        while (!log.Lines.Any(line => line.Text.Contains(said, StringComparison.Ordinal)))
            await Task.Delay(20, patience.Token); // polls: a log tells nobody of its lines
    }

    private Task<RunnelServer> StartAsync(CapturedLog log) => StartAsync(builder =>
    {
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Logging.AddFilter<CapturedLog>("Runnel.Server.Models", LogLevel.Warning);
    });

    private Task<RunnelServer> StartAsync(params string[] settings) => StartAsync(_ => { }, settings);

    private Task<RunnelServer> StartAsync(Action<WebApplicationBuilder> configure, params string[] settings) =>
        RunnelServer.StartAsync(
            builder =>
            {
                builder.Services.AddKeyedSingleton<IChatClient>("mine", _model);
                configure(builder);
            },
            ["Models:Providers:0:Name=mine", "Models:Providers:0:Kind=Registered", "Shutdown:GraceSeconds=0", .. settings]);
}
