using System.Globalization;
using System.Net.Sockets;
using Runnel.Streams.Events;
using Runnel.Streams.Testing;

namespace Runnel.Streams.AspNetCore.Tests.Connections;

public sealed class SlowClientTests : IAsyncLifetime
{
    private static readonly NewEvent Large = new("large", Sample.Bytes($$"""{"text":"{{new string('x', 1024 * 1024)}}"}"""));
    private SseServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await SseServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Client_ThatStopsReading_IsCut_AndOthersDoNotNotice(string accumulated)
    {
        await _server.AppendAsync(Sample.Event(1));
        using var other = await _server.OpenAsync("?accumulated=" + accumulated);
        await other.NextAsync("connected");
        using var slow = await OpenWithoutReadingAsync(accumulated);
        for (var i = 0; i < 24; i++)
        {
            await _server.AppendAsync(Large);
            Assert.Equal(Large.Data.Length, (await other.NextAsync("large")).Data.Length);
        }

        Assert.Equal(2, _server.Sse.OpenCount);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_server.Sse.OpenCount == 2)
        {
            _server.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(20, deadline.Token); // polls: the server tells nobody that it has cut a client
        }

        await _server.AppendAsync(Sample.Event(26));
        await other.UntilAsync("noted");
        Assert.Equal(1, _server.Sse.OpenCount);
    }

    [Fact]
    public async Task Client_ThatReadsSlowly_GetsEverythingInOrder()
    {
        await _server.AppendAsync(Sample.Event(1));
        using var client = await _server.OpenAsync("?accumulated=false");
        await client.NextAsync("connected");
        for (var i = 0; i < 10; i++)
            await _server.AppendAsync(Large);

        for (var number = 2; number <= 11; number++)
        {
            var frame = await client.NextAsync("large");
            Assert.Equal((number, Large.Data.Length), (frame.Number, frame.Data.Length));
        }
    }

    private async Task<Socket> OpenWithoutReadingAsync(string accumulated)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(_server.Http1.Host, _server.Http1.Port, TestContext.Current.CancellationToken);
        var request = string.Create(
            CultureInfo.InvariantCulture,
            $"GET /streams/{Sample.Stream}?accumulated={accumulated} HTTP/1.1\r\nHost: {_server.Http1.Authority}\r\n\r\n");
        await socket.SendAsync(Sample.Bytes(request), TestContext.Current.CancellationToken);
        Assert.True(await socket.ReceiveAsync(new byte[16], TestContext.Current.CancellationToken) > 0);
        return socket;
    }
}
