using System.Net.Sockets;
using System.Text;
using Runnel.Streams.Testing;

namespace Runnel.Streams.AspNetCore.Tests.Connections;

/// <summary>One stream, two thousand browsers, and among them some that stand still.</summary>
public sealed class CrowdTests : IAsyncLifetime
{
    private const int Readers = 2000;
    private const int Events = 20;

    private readonly List<Socket> _sockets = [];
    private SseServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await SseServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _sockets.ForEach(socket => socket.Dispose());
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task TwoThousandReaders_EachGetEverything_ThoughSomeDoNotRead()
    {
        await _server.AppendAsync(Sample.Event(1));
        for (var i = 0; i < Readers; i++)
            _sockets.Add(await OpenAsync());
        await Task.WhenAll(_sockets.Select(socket => UntilAsync(socket, "event: connected"))).WithinPatience();
        for (var value = 2; value <= Events; value++)
            await _server.AppendAsync(Sample.Event(value));

        // Every hundredth stands still, and nobody waits for it.
        var reading = _sockets.Where((_, i) => i % 100 != 0).Select(socket => UntilAsync(socket, $".{Events}\n\n"));
        foreach (var text in await Task.WhenAll(reading).WithinPatience())
        {
            var values = text.Split('\n').Where(line => line.Contains("\"value\":", StringComparison.Ordinal));
            Assert.Equal(Enumerable.Range(2, Events - 1).Select(value => "data: " + Sample.Text(Sample.Event(value).Data)), values);
        }

        Assert.Equal(Readers, _server.Sse.OpenCount);
    }

    private async Task<Socket> OpenAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_server.Http1.Host, _server.Http1.Port, TestContext.Current.CancellationToken);
        var request = $"GET /streams/{Sample.Stream}?accumulated=false HTTP/1.1\r\nHost: {_server.Http1.Authority}\r\n\r\n";
        await socket.SendAsync(Sample.Bytes(request), TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>All that comes, up to and with a text; without the sizes of chunks, which stand on lines of their own.</summary>
    private static async Task<string> UntilAsync(Socket socket, string end)
    {
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        while (!text.ToString().Contains(end, StringComparison.Ordinal))
        {
            var count = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            Assert.NotEqual(0, count);
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return text.ToString();
    }
}
