using Runnel.Streams.Events;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.AspNetCore.Tests.Connections;

public sealed class LifeTests : IAsyncLifetime
{
    private readonly HeldStore _store = new(InMemoryStore.Create());
    private SseServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SseServer.StartAsync(options => options.Lifetime = TimeSpan.FromMinutes(10), _store);
        await _server.AppendAsync(Sample.Event(1));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Heartbeat_ComesAfterSilence_AndOnlyThen()
    {
        using var client = await _server.OpenAsync();
        await client.NextAsync("connected");
        _server.Time.Advance(TimeSpan.FromSeconds(10));
        await _server.AppendAsync(Sample.Event(2));
        await client.NextAsync("noted");
        _server.Time.Advance(TimeSpan.FromSeconds(14));
        await _server.AppendAsync(Sample.Event(3));
        await client.NextAsync("noted");
        _server.Time.Advance(TimeSpan.FromSeconds(16));

        Assert.Equal(": hb\n\n", (await client.NextAsync())!.Text);
        await _server.AppendAsync(Sample.Event(4));
        await client.NextAsync("noted");
    }

    [Fact]
    public async Task Ping_GoesWithTheHeartbeat_WhenAskedFor()
    {
        using var client = await _server.OpenAsync("?heartbeat=event");
        await client.NextAsync("connected");
        _server.Time.Advance(TimeSpan.FromSeconds(16));

        Assert.Equal(": hb\n\n", (await client.NextAsync())!.Text);
        Assert.Equal("event: ping\ndata: {\"type\":\"ping\"}\n\n", (await client.NextAsync())!.Text);
    }

    [Fact]
    public async Task Response_EndsAtItsPlannedTime_WithoutAWord()
    {
        using var client = await _server.OpenAsync();
        await client.NextAsync("connected");
        _server.Time.Advance(TimeSpan.FromMinutes(12.1));

        Assert.All(await RestAsync(client), frame => Assert.Equal(": hb\n\n", frame.Text));
    }

    [Fact]
    public async Task Drain_SaysSoWithoutAnId_ToOpenStreamsAndNewOnes()
    {
        using var open = await _server.OpenAsync();
        await open.NextAsync("connected");
        _server.Sse.Drain();
        using var late = await _server.OpenAsync();
        await late.NextAsync("connected");

        foreach (var client in new[] { open, late })
        {
            var notice = await client.NextAsync("server_draining");
            Assert.Matches(
                @"^retry: (\d+)\nevent: server_draining\n" +
                @"data: \{""type"":""server_draining"",""code"":""server_draining"",""retry_ms"":\1\}\n\n$", notice.Text);
            Assert.Null(await client.NextAsync());
        }

        Assert.True(_server.Sse.IsDraining);
    }

    [Fact]
    public async Task Refusal_IsAnEventWithStatus200()
    {
        using var client = await SseClient.OpenAsync(new Uri(_server.Http1, "/busy"));

        Assert.True(client.Response.IsSuccessStatusCode);
        Assert.Null((await client.NextAsync("server_busy")).Id);
        Assert.Null(await client.NextAsync());
    }

    [Fact]
    public async Task Response_EndsAfterTheEventThatEndsIt()
    {
        await _server.AppendAsync(Sample.Event(2), new NewEvent("ended", "{}"u8.ToArray()), Sample.Event(4));
        foreach (var accumulated in new[] { "true", "false" })
        {
            using var client = await _server.OpenAsync("?after=0&once&accumulated=" + accumulated);
            await client.UntilAsync("ended");

            Assert.Null(await client.NextAsync());
        }
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task WhatIsNotShown_TakesItsNumber_AndNothingElse(string accumulated)
    {
        var other = new NewEvent("other", "{}"u8.ToArray());
        await _server.AppendAsync(other, Sample.Delta("{}"u8.ToArray(), "a"), other);
        await _server.AppendAsync(Sample.Delta("{}"u8.ToArray(), "b"), other, new NewEvent("ended", "{}"u8.ToArray()), other);
        using var some = await _server.OpenAsync("?after=0&some&once&accumulated=" + accumulated);
        using var all = await _server.OpenAsync("?after=0&once&accumulated=" + accumulated);

        var shown = await RestAsync(some);

        var ended = (await RestAsync(all))[^1];
        Assert.Equal(("ended", ended.Id), (shown[^1].Name, shown[^1].Id));
        Assert.DoesNotContain(shown, frame => frame.Name == "other");
        Assert.Equal("ab", string.Concat(shown.Select(frame => frame.Content)));
    }

    [Fact]
    public async Task Client_ThatLeaves_ReleasesItsFollower()
    {
        using (var client = await _server.OpenAsync())
        {
            await client.NextAsync("connected");
            Assert.Equal(1, _server.Sse.OpenCount);
        }

        await UntilOpenAsync(0);
    }

    [Fact]
    public async Task StoreThatCannotBeRead_EndsTheResponseWithAnEvent()
    {
        _store.ReadFailure = new StoreUnavailableException("The disk is gone.");
        using var client = await _server.OpenAsync("?after=0");

        await client.NextAsync("connected");
        Assert.Null((await client.NextAsync("server_busy")).Id);
        Assert.Null(await client.NextAsync());
        Assert.Equal(0, _server.Sse.OpenCount);
    }

    private static async Task<List<SseFrame>> RestAsync(SseClient client)
    {
        var frames = new List<SseFrame>();
        while (await client.NextAsync() is { } frame)
            frames.Add(frame);
        return frames;
    }

    private async Task UntilOpenAsync(int count)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_server.Sse.OpenCount != count)
            await Task.Delay(5, deadline.Token); // polls: the server tells nobody that a client has left
    }
}
