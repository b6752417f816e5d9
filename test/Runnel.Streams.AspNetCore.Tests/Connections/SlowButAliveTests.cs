using System.Globalization;
using System.Net.Sockets;
using Runnel.Streams.Events;
using Runnel.Streams.Testing;

namespace Runnel.Streams.AspNetCore.Tests.Connections;

/// <summary>A client that takes minutes over one large frame, but takes it.</summary>
public sealed class SlowButAliveTests : IAsyncLifetime
{
    private const int Round = 256 * 1024;

    private static readonly NewEvent Huge = new("huge", Sample.Bytes($$"""{"text":"{{new string('x', 24 * 1024 * 1024)}}"}"""));
    private readonly byte[] _buffer = new byte[64 * 1024];
    private SseServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SseServer.StartAsync();
        await _server.AppendAsync(Huge);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Client_ThatReadsSlowly_IsNotCutInTheMiddleOfAFrame_AndOneThatStopsIs()
    {
        using var socket = await ConnectAsync();
        for (var i = 0; i < 12; i++)
        {
            await ReadAsync(count => socket.ReceiveAsync(_buffer.AsMemory(0, count), TestContext.Current.CancellationToken).AsTask());
            _server.Time.Advance(TimeSpan.FromSeconds(20));
            Assert.Equal(1, _server.Sse.OpenCount);
        }

        await UntilCutAsync();
    }

    [Fact]
    public async Task Client_OfHttp2_ThatReadsSlowly_IsNotCutInTheMiddleOfAFrame_AndOneThatStopsIs()
    {
        using var client = await SseClient.OpenAsync(
            new Uri(_server.Http2, $"/streams/{Sample.Stream}?after=0&accumulated=false"), version: new Version(2, 0));
        var body = await client.Response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 12; i++)
        {
            await ReadAsync(count => body.ReadAsync(_buffer.AsMemory(0, count), TestContext.Current.CancellationToken).AsTask());
            _server.Time.Advance(TimeSpan.FromSeconds(20));
            Assert.Equal(1, _server.Sse.OpenCount);
        }

        await UntilCutAsync();
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(_server.Http1.Host, _server.Http1.Port, TestContext.Current.CancellationToken);
        var request = string.Create(
            CultureInfo.InvariantCulture,
            $"GET /streams/{Sample.Stream}?after=0&accumulated=false HTTP/1.1\r\nHost: {_server.Http1.Authority}\r\n\r\n");
        await socket.SendAsync(Sample.Bytes(request), TestContext.Current.CancellationToken);
        return socket;
    }

    private async Task ReadAsync(Func<int, Task<int>> read)
    {
        for (var left = Round; left > 0;)
        {
            var count = await read(Math.Min(left, _buffer.Length)).WithinPatience();
            Assert.NotEqual(0, count);
            left -= count;
        }
    }

    private async Task UntilCutAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_server.Sse.OpenCount == 1)
        {
            _server.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(20, deadline.Token); // polls: the server tells nobody that it has cut a client
        }
    }
}
