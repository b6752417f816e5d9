using Microsoft.Extensions.AI;
using Runnel.Providers.Tests.Fakes;
using Runnel.Providers.Watchdog;

namespace Runnel.Providers.Tests.Watchdog;

public sealed class ContentWatchdogTests : IAsyncDisposable
{
    private readonly ManualClock _clock = new();
    private readonly PulledClient _model = new();
    private readonly ContentWatchdog _watchdog;
    private readonly IAsyncEnumerator<ChatResponseUpdate> _answer;

    public ContentWatchdogTests()
    {
        var timeouts = new ContentTimeouts
        {
            FirstToken = TimeSpan.FromSeconds(30), Stall = TimeSpan.FromSeconds(10), Total = TimeSpan.FromSeconds(100),
        };
        _watchdog = new ContentWatchdog(_model, timeouts, _clock);
        _answer = _watchdog.Ask("hi", Cancellation).GetAsyncEnumerator(Cancellation);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _answer.DisposeAsync();
        _watchdog.Dispose();
    }

    [Fact]
    public async Task Silence_FromTheStart_IsATimeout() => await AssertExpiresAsync(ProviderError.Timeout, after: 30);

    [Fact]
    public async Task KeepAlives_DoNotCount_AsFirstToken()
    {
        _model.Say();
        Assert.True(await _answer.MoveNextAsync());
        var move = _answer.MoveNextAsync();
        Pass(20);
        _model.Say(new TextContent(""), new UsageContent(new UsageDetails()));
        Assert.True(await move);
        await AssertExpiresAsync(ProviderError.Timeout, after: 10);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Silence_AfterTextOrReasoning_IsAStall(bool isText)
    {
        var move = _answer.MoveNextAsync();
        Pass(29);
        _model.Say(isText ? new TextContent("a") : new TextReasoningContent("a"));
        Assert.True(await move);
        await AssertExpiresAsync(ProviderError.Stalled, after: 10);
    }

    [Fact]
    public async Task Content_AllTheTime_EndsAtTheTotal()
    {
        for (var i = 0; i < 11; i++)
        {
            var move = _answer.MoveNextAsync();
            Pass(9);
            _model.Say(new TextContent("a"));
            Assert.True(await move);
        }

        var last = _answer.MoveNextAsync();
        Pass(1);
        await AssertFailsAsync(last, ProviderError.TurnTimeout);
    }

    [Fact]
    public async Task CallerWhoTakesItsTime_DoesNotMakeTheModelStall()
    {
        _model.Say(new TextContent("a"));
        Assert.True(await _answer.MoveNextAsync());
        Pass(60);
        var move = _answer.MoveNextAsync();
        Pass(9);
        _model.Say(new TextContent("b"));
        Assert.True(await move);
        Assert.Equal("b", _answer.Current.Text);
        await AssertExpiresAsync(ProviderError.Stalled, after: 10);
    }

    [Fact]
    public async Task ManyTokens_NeedOneTimer()
    {
        for (var i = 0; i < 1000; i++)
        {
            _model.Say(new TextContent("a"));
            Assert.True(await _answer.MoveNextAsync());
        }

        Assert.Equal(1, _clock.TimersMade);
    }

    [Fact]
    public async Task Failure_OfTheModel_PassesThrough()
    {
        _model.End(new ProviderException(ProviderError.Closed, "over"));
        await AssertFailsAsync(_answer.MoveNextAsync(), ProviderError.Closed);
    }

    [Fact]
    public async Task Answer_PassesThrough_AndEnds()
    {
        _model.Say(new TextContent("a"));
        _model.End();
        Assert.True(await _answer.MoveNextAsync());
        Assert.False(await _answer.MoveNextAsync());
        Assert.False(_model.WasCancelled);
    }

    [Fact]
    public async Task CallersOwnCancellation_IsNoTimeout()
    {
        using var stop = new CancellationTokenSource();
        await using var answer = _watchdog.Ask("hi", stop.Token).GetAsyncEnumerator(Cancellation);
        var move = answer.MoveNextAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await move);
        Assert.True(_model.WasCancelled);
    }

    [Fact]
    public void Limits_OutOfRange_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new ContentWatchdog(_model, new ContentTimeouts { Stall = TimeSpan.Zero }));

    /// <summary>Waits for the next update, lets time pass up to the limit, and then over it.</summary>
    private async Task AssertExpiresAsync(ProviderError error, int after)
    {
        var move = _answer.MoveNextAsync();
        _clock.Advance(TimeSpan.FromSeconds(after) - TimeSpan.FromMilliseconds(1));
        Assert.False(move.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await AssertFailsAsync(move, error);
        Assert.True(_model.WasCancelled);
    }

    private static async Task AssertFailsAsync(ValueTask<bool> move, ProviderError error)
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(() => move.AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
        Assert.Equal((error, true), (failure.Code, failure.IsRetryable));
    }

    private void Pass(int seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));
}
