using Runnel.Streams.Events;
using Runnel.Streams.Testing;

namespace Runnel.Streams.AspNetCore.Tests.Connections;

public sealed class DrainTests : IAsyncLifetime
{
    private SseServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await SseServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Drain_DuringAReplay_EndsItBetweenTwoFrames_AndTheCursorGoesOn(string accumulated)
    {
        const int Count = 400;
        var large = new string('x', 64 * 1024);
        for (var i = 1; i <= Count; i++)
            await _server.AppendAsync(new NewEvent("large", Sample.Bytes($$"""{"value":{{i}},"text":"{{large}}"}""")));
        // Its window bounds what is on the way, which the buffers of the machine do not.
        using var client = await SseClient.OpenAsync(
            new Uri(_server.Http2, $"/streams/{Sample.Stream}?after=0&accumulated={accumulated}"), version: new Version(2, 0));
        await client.NextAsync("connected");
        _server.Sse.Drain();

        var frames = await client.UntilAsync("server_draining");
        Assert.Null(await client.NextAsync());
        Assert.InRange(frames.Count, 0, Count - 1);
        Assert.Equal(Enumerable.Range(1, frames.Count).Select(number => (long)number), frames.Select(frame => frame.Number));
        Assert.Equal(frames.Select(frame => $"{frame.Number}"), frames.Select(frame => frame.Member("value")));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Drain_ComesAfterWhatWasAppendedBefore(string accumulated)
    {
        await _server.AppendAsync(Sample.Event(1));
        var clients = new List<SseClient>();
        for (var i = 0; i < 20; i++)
        {
            clients.Add(await _server.OpenAsync($"?accumulated={accumulated}"));
            await clients[^1].NextAsync("connected");
        }

        var data = Sample.Bytes("""{"id":1}""");
        await _server.AppendAsync(Sample.Delta(data, "some ", since: 1), Sample.Delta(data, "text", since: 1));
        _server.Sse.Drain();

        foreach (var client in clients)
        {
            using (client)
                Assert.Equal("some text", string.Concat((await client.UntilAsync("server_draining")).Select(frame => frame.Content)));
        }
    }
}
