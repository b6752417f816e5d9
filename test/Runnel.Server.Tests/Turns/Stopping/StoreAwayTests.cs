using System.Data;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams.Stores;

namespace Runnel.Server.Tests.Turns.Stopping;

/// <summary>Stop, while nothing can be stored: nobody is told what may not hold, and afterwards everything has one end.</summary>
public sealed class StoreAwayTests : IAsyncLifetime
{
    private FakeUpstream _upstream = null!;
    private RunnelServer _server = null!;
    private Speaker _speaker = null!;

    private static CancellationToken End => TestContext.Current.CancellationToken;

    private AwayStore Store => (AwayStore)_server.Services.GetRequiredService<IStreamStore>();

    public async ValueTask InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        _server = await RunnelServer.StartAsync(
            builder => AwayStore.Register(builder.Services), [.. Talk.ModelAt(_upstream), "Shutdown:GraceSeconds=0"]);
        _speaker = new Speaker(await _server.NewUserAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Store.IsAway = false;
        await _server.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task WhileTheDiskIsFull_AStopIsNotPromised_ButLetsGoOfTheModel_AndTheTurnEndsAsStoppedLater()
    {
        var held = _upstream.Hold();
        var sent = await _speaker.SendAsync("go");
        await ShowAsync(sent, held, "some");

        Store.IsAway = true;
        await RefuseAsync(sent);
        await _upstream.WaitForAbortAsync(cancellationToken: End);
        Assert.Equal("streaming", (await AnswerAsync(sent)).Text("status"));
        Store.IsAway = false;

        await AssertEndedAsync(sent, "stopped", "some");
        Assert.True((await _speaker.StopAsync(sent.Text("thread_id"))).GetProperty("stopped").GetBoolean());
    }

    [Fact]
    public async Task WhileAnotherProcessLocksTheDatabase_AStopIsAnsweredAllTheSame()
    {
        var held = _upstream.Hold();
        var sent = await _speaker.SendAsync("go");
        await ShowAsync(sent, held, "some");

        using (var other = new SqliteConnection($"Data Source={Path.Combine(_server.DataDirectory, "runnel.db")};Pooling=false"))
        {
            await other.OpenAsync(End);
            await using var locked = await other.BeginTransactionAsync(IsolationLevel.Serializable, End);
            await RefuseAsync(sent);
            await _upstream.WaitForAbortAsync(cancellationToken: End);
        }

        await AssertEndedAsync(sent, "stopped", "some");
    }

    [Fact]
    public async Task AnAnswerThatWasWholeBeforeTheStop_StaysWhole_WhenItCanBeStored()
    {
        var held = _upstream.Hold();
        var sent = await _speaker.SendAsync("go");
        await ShowAsync(sent, held, "some");

        Store.IsAway = true;
        await held.FinishAsync();
        await Store.RefusedAsync();
        await RefuseAsync(sent);
        Store.IsAway = false;

        await AssertEndedAsync(sent, "complete", "some");
        var again = await _speaker.StopAsync(sent.Text("thread_id"), sent.Text("turn_id"));
        Assert.False(again.GetProperty("stopped").GetBoolean());
        Assert.Equal("complete", again.Text("status"));
    }

    [Fact]
    public async Task AQueuedTurn_ThatCouldNotBeStopped_StaysInItsPlace()
    {
        var held = _upstream.Hold();
        var first = await _speaker.SendAsync("go");
        await ShowAsync(first, held, "some");
        var second = await _speaker.SendBusyAsync("then", first.Text("thread_id"), "enqueue");

        Store.IsAway = true;
        await RefuseAsync(second);
        Store.IsAway = false;
        await held.FinishAsync();

        await AssertEndedAsync(first, "complete", "some");
        await AssertEndedAsync(second, "complete", "You said: then");
    }

    /// <summary>Waits until the text is shown.</summary>
    private async Task ShowAsync(JsonElement sent, HeldAnswer held, string text)
    {
        using var stream = await _speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        await held.SendAsync(text);
        await stream.UntilTextAsync(text);
    }

    private async Task RefuseAsync(JsonElement sent)
    {
        using var answer = await _speaker.PostAsync(
            new { turn_id = sent.Text("turn_id") }, $"{Speaker.Api}/{sent.Text("thread_id")}/stop");
        await answer.ProblemAsync(503, "store_unavailable");
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
    }

    private async Task<JsonElement> AnswerAsync(JsonElement sent) =>
        (await _speaker.MessagesAsync(sent.Text("thread_id"))).Items()
            .Single(message => message.Text("message_id") == sent.Text("message_id"));

    private async Task AssertEndedAsync(JsonElement sent, string status, string text)
    {
        var events = await _speaker.TurnAsync(sent);
        Assert.Single(events, next => next.IsEnd());
        Assert.Equal(text, events.Joined());
        Assert.Equal(text, events[^1].Text("final_content"));
        Assert.Equal([status, text], (await AnswerAsync(sent)).Texts("status content"));
    }
}
