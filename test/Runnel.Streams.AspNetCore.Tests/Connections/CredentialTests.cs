using System.Globalization;
using System.Net.Sockets;
using Runnel.Streams.AspNetCore.Connections;
using Runnel.Streams.Events;
using Runnel.Streams.Testing;

namespace Runnel.Streams.AspNetCore.Tests.Connections;

/// <summary><see cref="EventStreamRequest.Revoked"/> and <see cref="EventStreamRequest.AllowedUntil"/>.</summary>
public sealed class CredentialTests : IAsyncLifetime
{
    private static readonly NewEvent Large = new("large", Sample.Bytes($$"""{"text":"{{new string('x', 1024 * 1024)}}"}"""));
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _revoked = new();
    private SseServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SseServer.StartAsync(options => options.Lifetime = Hour * 10);
        await _server.AppendAsync(Sample.Event(1));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _revoked.Dispose();
    }

    [Fact]
    public async Task Response_EndsAtOnce_WithoutAWord_WhenItIsRevoked_AndOthersGoOn()
    {
        using var other = await OpenedAsync();
        _server.Revoked = _revoked.Token;
        using var client = await OpenedAsync();
        using var another = await OpenedAsync();
        await _server.AppendAsync(Sample.Event(2));
        await client.NextAsync("noted");
        await another.NextAsync("noted");

        await _revoked.CancelAsync();

        Assert.Null(await client.NextAsync());
        Assert.Null(await another.NextAsync());
        await _server.AppendAsync(Sample.Event(3));
        await other.NextAsync("noted");
        await other.NextAsync("noted");
    }

    [Fact]
    public async Task Response_SaysNothing_WhenItWasRevokedBeforeItOpened()
    {
        await _revoked.CancelAsync();
        _server.Revoked = _revoked.Token;

        using var client = await _server.OpenAsync("?after=0");

        Assert.True(client.Response.IsSuccessStatusCode);
        Assert.Null(await client.NextAsync());
        Assert.Equal(0, _server.Sse.OpenCount);
    }

    [Fact]
    public async Task Response_GoesOnUntilItsTime_AndEndsThen()
    {
        using var other = await OpenedAsync("?accumulated=false");
        _server.AllowedUntil = _server.Time.GetUtcNow() + Hour;
        using var client = await OpenedAsync("?accumulated=false");
        _server.Time.Advance(Hour - Tick);
        await _server.AppendAsync(Sample.Event(2));
        await client.UntilAsync("noted");

        _server.Time.Advance(Tick * 2);

        Assert.Null(await client.NextAsync());
        await _server.AppendAsync(Sample.Event(3));
        await other.UntilAsync("noted");
        await other.UntilAsync("noted");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Response_SaysNothing_WhenItsTimeWasOverBeforeItOpened(int hours)
    {
        _server.AllowedUntil = _server.Time.GetUtcNow() + (Hour * hours);

        using var client = await _server.OpenAsync("?after=0");

        Assert.True(client.Response.IsSuccessStatusCode);
        Assert.Null(await client.NextAsync());
        Assert.Equal(0, _server.Sse.OpenCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Response_IsCut_ThoughAFrameWaitsForAClientThatDoesNotRead(bool isRevoked)
    {
        using var other = await OpenedAsync("?accumulated=false");
        _server.Revoked = _revoked.Token;
        if (!isRevoked)
            _server.AllowedUntil = _server.Time.GetUtcNow() + Tick;
        using var slow = await OpenWithoutReadingAsync();
        for (var i = 0; i < 24; i++)
        {
            await _server.AppendAsync(Large);
            await other.NextAsync("large");
        }

        Assert.Equal(2, _server.Sse.OpenCount);
        if (isRevoked)
            await _revoked.CancelAsync();
        // Far less than after which a client that does not read is cut anyway.
        _server.Time.Advance(Tick * 2);

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_server.Sse.OpenCount == 2)
            await Task.Delay(20, deadline.Token); // polls: the server tells nobody that it has cut a client
        await _server.AppendAsync(Sample.Event(26));
        await other.UntilAsync("noted");
    }

    private async Task<SseClient> OpenedAsync(string query = "")
    {
        var client = await _server.OpenAsync(query);
        await client.NextAsync("connected");
        return client;
    }

    private async Task<Socket> OpenWithoutReadingAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(_server.Http1.Host, _server.Http1.Port, TestContext.Current.CancellationToken);
        var request = string.Create(
            CultureInfo.InvariantCulture,
            $"GET /streams/{Sample.Stream}?accumulated=false HTTP/1.1\r\nHost: {_server.Http1.Authority}\r\n\r\n");
        await socket.SendAsync(Sample.Bytes(request), TestContext.Current.CancellationToken);
        Assert.True(await socket.ReceiveAsync(new byte[16], TestContext.Current.CancellationToken) > 0);
        return socket;
    }
}
