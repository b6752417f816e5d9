using System.Net;
using Runnel.Streams.Testing;

namespace Runnel.Streams.AspNetCore.Tests.Connections;

public sealed class OpeningTests : IAsyncLifetime
{
    private SseServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await SseServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Response_HasTheHeadersOfAStream_AndNoEncoding()
    {
        await _server.AppendAsync(Sample.Event(1));
        using var client = await _server.OpenAsync();

        Assert.Equal(HttpStatusCode.OK, client.Response.StatusCode);
        Assert.Equal("text/event-stream", client.Response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", client.Response.Headers.CacheControl!.ToString());
        Assert.Equal(["no"], client.Response.Headers.GetValues("X-Accel-Buffering"));
        Assert.Empty(client.Response.Content.Headers.ContentEncoding);
        Assert.Null(client.Response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task FirstFrame_IsConnected_WithRetryInside_AndNothingBefore()
    {
        var cursor = (await _server.AppendAsync(Sample.Events(1, 3))).Last.ToString();
        using var client = await _server.OpenAsync();
        var frame = (await client.NextAsync())!;

        var data = $$"""{"type":"connected","thread_id":"天","cursor":"{{cursor}}","heartbeat_seconds":15}""";
        Assert.Matches(@"^retry: [1-3]\d\d\d\nevent: connected\n", frame.Text);
        var afterRetry = frame.Text[(frame.Text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        Assert.Equal($"event: connected\ndata: {data}\nid: {cursor}\n\n", afterRetry);
    }

    [Fact]
    public async Task Connected_CarriesTheCursorAskedFor_AndReplayFollows()
    {
        var cursor = (await _server.AppendAsync(Sample.Events(1, 5))).Before with { Number = 2 };
        using var client = await _server.OpenAsync($"?after={cursor}");

        var connected = await client.NextAsync("connected");
        Assert.Equal((cursor.ToString(), cursor.ToString()), (connected.Id, connected.Member("cursor")));
        for (var number = 3; number <= 5; number++)
            Assert.Equal(number, (await client.NextAsync("noted")).Number);
    }

    [Fact]
    public async Task LastEventId_WinsOverAfter_AndZeroIsEverything()
    {
        var cursor = (await _server.AppendAsync(Sample.Events(1, 5))).Last;
        using var header = await _server.OpenAsync($"?after={cursor with { Number = 1 }}", (cursor with { Number = 4 }).ToString());
        using var zero = await _server.OpenAsync($"?after={cursor}", "0");
        using var query = await _server.OpenAsync("?after=0");

        Assert.Equal(4, (await header.NextAsync("connected")).Number);
        Assert.Equal(5, (await header.NextAsync("noted")).Number);
        Assert.Equal(0, (await zero.NextAsync("connected")).Number);
        Assert.Equal(1, (await zero.NextAsync("noted")).Number);
        Assert.Equal(0, (await query.NextAsync("connected")).Number);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-1")]
    [InlineData("a.b.c")]
    [InlineData("00")]
    public async Task Cursor_ThatIsMalformed_CanBeAnswered400(string cursor)
    {
        await _server.AppendAsync(Sample.Event(1));
        using var query = await _server.OpenAsync("?after=" + cursor);
        using var header = await _server.OpenAsync("", cursor);

        Assert.Equal(HttpStatusCode.BadRequest, query.Response.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, header.Response.StatusCode);
    }

    [Fact]
    public async Task CursorOfAnotherStream_CanBeAnswered400_AndNoStream404()
    {
        var receipt = await _server.AppendAsync(Sample.Event(1));
        using var other = await _server.OpenAsync($"?after={receipt.OwnerLast}");
        using var none = await _server.OpenAsync(stream: Sample.Other);

        Assert.Equal(HttpStatusCode.BadRequest, other.Response.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, none.Response.StatusCode);
    }

    [Theory]
    [InlineData(1, 0, "recreated")]
    [InlineData(0, 1, "ahead")]
    public async Task Cursor_ThatCannotBeHonoured_OpensWithResync(long generation, long ahead, string reason)
    {
        var last = (await _server.AppendAsync(Sample.Events(1, 5))).Last;
        var asked = last with { Generation = last.Generation + generation, Number = last.Number + ahead };
        using var client = await _server.OpenAsync("", asked.ToString());

        var resync = await client.NextAsync("resync");
        Assert.Equal(("resync", reason, last.ToString(), last.ToString()),
            (resync.Member("type"), resync.Member("reason"), resync.Member("cursor"), resync.Id));
        await _server.AppendAsync(Sample.Event(6));
        Assert.Equal(6, (await client.NextAsync("noted")).Number);
    }

    [Fact]
    public async Task Head_AnswersHeadersOnly_AndLeaves()
    {
        await _server.AppendAsync(Sample.Event(1));
        using var client = await SseClient.OpenAsync(
            new Uri(_server.Http1, "/streams/" + Sample.Stream), method: HttpMethod.Head);

        Assert.Equal("text/event-stream", client.Response.Content.Headers.ContentType!.ToString());
        Assert.Null(await client.NextAsync());
        Assert.Equal(0, _server.Sse.OpenCount);
    }

    [Fact]
    public async Task Http2_CarriesTheSameFrames()
    {
        await _server.AppendAsync(Sample.Events(1, 2));
        using var client = await SseClient.OpenAsync(
            new Uri(_server.Http2, $"/streams/{Sample.Stream}?after=0"), version: HttpVersion.Version20);

        Assert.Equal(HttpVersion.Version20, client.Response.Version);
        await client.NextAsync("connected");
        for (var number = 1; number <= 2; number++)
            Assert.Equal(number, (await client.NextAsync("noted")).Number);
        await _server.AppendAsync(Sample.Event(3));
        Assert.Equal(3, (await client.NextAsync("noted")).Number);
    }
}
