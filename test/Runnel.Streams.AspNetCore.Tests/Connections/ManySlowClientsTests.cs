using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Runnel.Streams.Events;
using Runnel.Streams.Testing;

namespace Runnel.Streams.AspNetCore.Tests.Connections;

/// <summary>Clients that read a byte a second, or nothing at all.</summary>
public sealed class ManySlowClientsTests : IAsyncLifetime
{
    private const int Megabyte = 1024 * 1024;
    private SseServer _server = null!;

    private static CancellationToken End => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await SseServer.StartAsync();
        await _server.AppendAsync(Sample.Event(1));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Client_ThatReadsAByteASecond_GetsEverythingInOrder_AndOthersDoNotNotice()
    {
        using var slow = await ConnectAsync();
        using var other = await _server.OpenAsync();
        var (read, one, last) = (new StringBuilder(), new byte[1], Sample.Event(4));
        for (var second = 0; !read.ToString().EndsWith("\"value\":4}", StringComparison.Ordinal); second++)
        {
            Assert.True(second < 5000, read.ToString());
            if (second is 60 or 120 or 180)
            {
                await _server.AppendAsync(second == 180 ? last : Sample.Event(1 + (second / 60)));
                await other.UntilAsync(last.Name);
            }

            Assert.Equal(1, await slow.ReceiveAsync(one, End).AsTask().WithinPatience());
            read.Append((char)one[0]);
            _server.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(2, _server.Sse.OpenCount);
        }

        var numbers = read.ToString().Split("\n\n").Where(block => block.Contains("event: noted", StringComparison.Ordinal));
        Assert.Equal(["2", "3", "4"], numbers.Select(block => block[(block.IndexOf("\"value\":", StringComparison.Ordinal) + 8)..][..1]));
    }

    [Fact]
    public async Task Clients_ThatDoNotRead_TakeNoMemoryForWhatTheyMiss()
    {
        var stalled = new List<Socket>();
        for (var i = 0; i < 200; i++)
            stalled.Add(await ConnectAsync());
        // What each holds on its way to the socket is the same from here on, however much follows.
        await GrowAsync(4);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await GrowAsync(24);

        // The store in memory keeps what was written; a queue for each of them would keep it 200 times.
        var grown = (GC.GetTotalMemory(forceFullCollection: true) - before) / Megabyte;
        Assert.InRange(_server.Sse.OpenCount, 200, 201);
        Assert.InRange(grown, -100, 24 + 50);
        stalled.ForEach(socket => socket.Dispose());
    }

    private async Task GrowAsync(int megabytes)
    {
        using var other = await _server.OpenAsync("?accumulated=false");
        await other.NextAsync("connected");
        for (var i = 0; i < megabytes; i++)
        {
            await _server.AppendAsync(new NewEvent("large", Sample.Bytes($$"""{"text":"{{new string('x', Megabyte)}}"}""")));
            await other.NextAsync("large");
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(_server.Http1.Host, _server.Http1.Port, End);
        var request = string.Create(
            CultureInfo.InvariantCulture, $"GET /streams/{Sample.Stream} HTTP/1.1\r\nHost: {_server.Http1.Authority}\r\n\r\n");
        await socket.SendAsync(Sample.Bytes(request), End);
        Assert.True(await socket.ReceiveAsync(new byte[1], End) > 0);
        return socket;
    }
}
