using System.Net;
using System.Text;
using Runnel.Streams.Testing;

namespace Runnel.Streams.AspNetCore.Tests;

/// <summary>Reads a response frame by frame, as bytes and as fields.</summary>
internal sealed class SseClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly List<byte> _pending = [];
    private Stream _body = Stream.Null;

    private SseClient(HttpClient http) => _http = http;

    public HttpResponseMessage Response { get; private set; } = null!;

    public static async Task<SseClient> OpenAsync(Uri uri, string? lastEventId = null, Version? version = null, HttpMethod? method = null)
    {
        var client = new SseClient(new HttpClient { Timeout = Timeout.InfiniteTimeSpan });
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, uri)
        {
            Version = version ?? HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        client.Response = await client._http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken).WithinPatience();
        client._body = await client.Response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>The next frame with its blank line, comments included; null when the response has ended.</summary>
    public async Task<SseFrame?> NextAsync()
    {
        var buffer = new byte[64 * 1024];
        var searched = 0;
        while (true)
        {
            var end = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pending)[searched..].IndexOf("\n\n"u8);
            if (end >= 0)
            {
                var frame = new SseFrame(Encoding.UTF8.GetString([.. _pending.Take(searched + end + 2)]));
                _pending.RemoveRange(0, searched + end + 2);
                return frame;
            }

            searched = Math.Max(0, _pending.Count - 1);
            var count = await _body.ReadAsync(buffer, TestContext.Current.CancellationToken).AsTask().WithinPatience();
            if (count == 0)
            {
                Assert.Empty(_pending);
                return null;
            }

            _pending.AddRange(buffer.AsSpan(0, count));
        }
    }

    /// <summary>The next frame, which must have this name.</summary>
    public async Task<SseFrame> NextAsync(string name)
    {
        var frame = await NextAsync();
        Assert.NotNull(frame);
        Assert.Equal(name, frame.Name);
        return frame;
    }

    /// <summary>The frames before the next one of a name, which is passed over.</summary>
    public async Task<List<SseFrame>> UntilAsync(string name)
    {
        var frames = new List<SseFrame>();
        while (await NextAsync() is { } frame)
        {
            if (frame.Name == name)
                return frames;
            frames.Add(frame);
        }

        throw new EndOfStreamException($"The response ended before '{name}'.");
    }

    public void Dispose()
    {
        Response?.Dispose();
        _http.Dispose();
    }
}
