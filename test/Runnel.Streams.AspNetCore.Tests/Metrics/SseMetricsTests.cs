using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Streams.AspNetCore.Metrics;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.AspNetCore.Tests.Metrics;

public sealed class SseMetricsTests : IAsyncLifetime
{
    private static readonly NewEvent Large = new("large", Sample.Bytes($$"""{"text":"{{new string('x', 1024 * 1024)}}"}"""));
    private readonly HeldStore _store = new(InMemoryStore.Create());
    private SseServer _server = null!;
    private Measured _measured = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SseServer.StartAsync(options => options.Lifetime = TimeSpan.FromMinutes(10), _store);
        await _server.AppendAsync(Sample.Event(1));
        Assert.Equal(0, _server.Sse.OpenCount);
        _measured = new Measured(_server.Services.GetRequiredService<IMeterFactory>());
    }

    public async ValueTask DisposeAsync()
    {
        _measured.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task WhatIsSent_IsCounted_AsFramesBytesAndFlushes()
    {
        using var client = await _server.OpenAsync();
        var bytes = Encoding.UTF8.GetByteCount((await client.NextAsync("connected")).Text);
        await _server.AppendAsync(Sample.Event(2), Sample.Event(3));
        bytes += Encoding.UTF8.GetByteCount((await client.NextAsync("noted")).Text);
        bytes += Encoding.UTF8.GetByteCount((await client.NextAsync("noted")).Text);

        await _measured.UntilAsync(3, "runnel.sse.frames");
        Assert.Equal(bytes, _measured.Now("runnel.sse.sent"));
        Assert.Equal(2, _measured.Now("runnel.sse.flushes"));
    }

    [Fact]
    public async Task LagOfAFlush_IsFromTheTimeTheEventWasVisible_AndNotRecordedForReplay()
    {
        using var client = await _server.OpenAsync("?after=0");
        await client.UntilAsync("noted");
        await _measured.UntilAsync(2, "runnel.sse.frames");
        Assert.Empty(_measured.Recorded("runnel.sse.flush.lag"));
        await _server.AppendAsync(Sample.Event(2));
        await client.NextAsync("noted");
        await _measured.UntilAsync(3, "runnel.sse.frames");
        await UntilLagsAsync(1);

        Assert.Equal([0], _measured.Recorded("runnel.sse.flush.lag"));
    }

    [Fact]
    public async Task LagOfAFlush_Grows_WhileTheClientDoesNotRead()
    {
        using var slow = await OpenWithoutReadingAsync();
        await FillAsync();
        _server.Time.Advance(TimeSpan.FromSeconds(7));
        await ReadAllAsync(slow, _server.Sse);
        await UntilLagsAsync(1);

        Assert.Contains(_measured.Recorded("runnel.sse.flush.lag"), lag => lag >= 7);
    }

    [Fact]
    public async Task OpenStreams_AreCountedByState()
    {
        using (var client = await _server.OpenAsync())
        {
            await client.NextAsync("connected");
            await _measured.UntilAsync(1, "runnel.sse.open", "live");
        }

        await _measured.UntilAsync(0, "runnel.sse.open", "live");
        using var slow = await OpenWithoutReadingAsync();
        await FillAsync();
        await _measured.UntilAsync(1, "runnel.sse.open", "lagging");
        using var replayed = await OpenWithoutReadingAsync("?after=0");
        await _measured.UntilAsync(1, "runnel.sse.open", "replaying");
        _server.Sse.Drain();

        Assert.Equal(2, _measured.Now("runnel.sse.open", "draining"));
        Assert.Equal(0, _measured.Now("runnel.sse.open", "replaying"));
    }

    [Fact]
    public async Task Closes_AreCountedByTheirCause()
    {
        using (var client = await _server.OpenAsync())
            await client.NextAsync("connected");
        await _measured.UntilAsync(1, "runnel.sse.closes", "client");

        await _server.AppendAsync(new NewEvent("ended", "{}"u8.ToArray()));
        using (var client = await _server.OpenAsync("?after=0&once"))
            await client.UntilAsync("ended");
        await _measured.UntilAsync(1, "runnel.sse.closes", "end");

        _store.ReadFailure = new StoreUnavailableException("The disk is gone.");
        using (var client = await _server.OpenAsync("?after=0", stream: Sample.Owner))
            await client.UntilAsync("server_busy");
        _store.ReadFailure = null;
        await _measured.UntilAsync(1, "runnel.sse.closes", "store");

        using var old = await _server.OpenAsync();
        await old.NextAsync("connected");
        _server.Time.Advance(TimeSpan.FromMinutes(12.1));
        await _measured.UntilAsync(1, "runnel.sse.closes", "lifetime");

        using var last = await _server.OpenAsync();
        await last.NextAsync("connected");
        _server.Sse.Drain();
        await _measured.UntilAsync(1, "runnel.sse.closes", "draining");
        Assert.Equal(0, _measured.Now("runnel.sse.closes", "error"));
    }

    [Fact]
    public async Task ClientThatIsCut_IsCountedAsStalled()
    {
        using var slow = await OpenWithoutReadingAsync();
        await FillAsync();
        await _measured.UntilAsync(1, "runnel.sse.open", "lagging");
        _server.Time.Advance(TimeSpan.FromSeconds(31));

        await _measured.UntilAsync(1, "runnel.sse.closes", "stalled");
        Assert.Equal(0, _measured.Now("runnel.sse.closes", "client"));
    }

    [Fact]
    public async Task HeartbeatsAndRefusals_AreCounted()
    {
        using var client = await _server.OpenAsync();
        await client.NextAsync("connected");
        _server.Time.Advance(TimeSpan.FromSeconds(16));
        await client.NextAsync();
        using var refused = await SseClient.OpenAsync(new Uri(_server.Http1, "/busy"));
        await refused.NextAsync("server_busy");

        await _measured.UntilAsync(1, "runnel.sse.heartbeats");
        await _measured.UntilAsync(1, "runnel.sse.refusals");
    }

    [Fact]
    public void Recording_AllocatesNothing_WhileSomebodyListens()
    {
        using var metrics = new SseMetrics();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, it) => it.EnableMeasurementEvents(instrument);
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => { });
        listener.Start();
        RecordAll(metrics, 10_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        RecordAll(metrics, 10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void RecordAll(SseMetrics metrics, int times)
    {
        for (var i = 0; i < times; i++)
        {
            metrics.Flushed(3, 400);
            metrics.Lagged(TimeSpan.FromMilliseconds(2));
            metrics.HeartbeatSent();
            metrics.Refused();
            metrics.Closed(CloseCause.Client);
        }
    }

    /// <summary>Reads until nothing is open, so that whatever was held up goes out.</summary>
    private static async Task ReadAllAsync(Socket socket, SseStreams sse)
    {
        sse.Drain();
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).AsTask().WithinPatience() > 0
            && sse.OpenCount > 0)
        {
        }
    }

    /// <summary>More than any buffer on the way to a client takes.</summary>
    private async Task FillAsync()
    {
        for (var i = 0; i < 24; i++)
            await _server.AppendAsync(Large);
    }

    private async Task UntilLagsAsync(int count)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_measured.Recorded("runnel.sse.flush.lag").Length < count)
            await Task.Delay(5, deadline.Token); // polls: nobody tells that something was recorded
    }

    private async Task<Socket> OpenWithoutReadingAsync(string query = "")
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(_server.Http1.Host, _server.Http1.Port, TestContext.Current.CancellationToken);
        var request = string.Create(
            CultureInfo.InvariantCulture,
            $"GET /streams/{Sample.Stream}{query} HTTP/1.1\r\nHost: {_server.Http1.Authority}\r\n\r\n");
        await socket.SendAsync(Sample.Bytes(request), TestContext.Current.CancellationToken);
        Assert.True(await socket.ReceiveAsync(new byte[16], TestContext.Current.CancellationToken) > 0);
        return socket;
    }
}
