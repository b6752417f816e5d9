using System.Net;
using System.Text.Json;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>
/// Reads an event stream strictly: every block is <c>retry</c> or <c>event</c>, one line of <c>data</c> that repeats the name,
/// and <c>id</c> last. Every wait fails after a time; comments are passed over.
/// </summary>
public sealed class SseReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private SseReader(HttpResponseMessage response, Stream body) => (_response, _lines) = (response, new StreamReader(body));

    public HttpResponseMessage Response => _response;

    /// <summary>The cursor of the last event that had one.</summary>
    public string LastId { get; private set; } = "";

    /// <summary>Sends a request of which the answer must be an event stream.</summary>
    public static async Task<SseReader> OpenAsync(HttpClient client, HttpRequestMessage request)
    {
        using var patience = new CancellationTokenSource(Patience);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        if (response.StatusCode != HttpStatusCode.OK)
            Assert.Fail($"{request.RequestUri} answered {response.StatusCode}: {await response.Content.ReadAsStringAsync(patience.Token)}");
        return await OfAsync(response);
    }

    /// <summary>Reads an answer, which must be an event stream.</summary>
    public static async Task<SseReader> OfAsync(HttpResponseMessage response)
    {
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new SseReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event, whatever it is.</summary>
    public async Task<SseEvent> NextAsync() =>
        await TryNextAsync() ?? throw new EndOfStreamException("The stream ended.");

    /// <summary>The next event, which must have this name.</summary>
    public async Task<SseEvent> NextAsync(string name)
    {
        var next = await NextAsync();
        Assert.True(next.Event == name, $"Expected {name}, got {next}");
        return next;
    }

    /// <summary>The next event; null when the stream has ended in good order.</summary>
    public async Task<SseEvent?> TryNextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var block = await ReadBlockAsync(patience.Token);
            if (block is null)
                return null;
            if (block.Count > 0)
                return Read(block);
        }
    }

    /// <summary>The events up to the first of this name, with it.</summary>
    public Task<List<SseEvent>> UntilAsync(string name) => UntilAsync(next => next.Event == name);

    /// <summary>The events up to the first like this, with it.</summary>
    public async Task<List<SseEvent>> UntilAsync(Func<SseEvent, bool> isLast)
    {
        var events = new List<SseEvent>();
        do
            events.Add(await NextAsync());
        while (!isLast(events[^1]));
        return events;
    }

    /// <summary>Reads to the end of the stream.</summary>
    public async Task<List<SseEvent>> ToEndAsync()
    {
        var events = new List<SseEvent>();
        while (await TryNextAsync() is { } next)
            events.Add(next);
        return events;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }

    private async Task<List<string>?> ReadBlockAsync(CancellationToken cancellationToken)
    {
        var block = new List<string>();
        while (await _lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0)
                return block;
            if (line[0] != ':')
                block.Add(line);
        }

        Assert.Empty(block);
        return null;
    }

    private SseEvent Read(List<string> block)
    {
        var fields = block.ConvertAll(line => line.Split(": ", 2));
        var names = string.Join(' ', fields.Select(field => field[0]).SkipWhile(name => name == "retry"));
        Assert.True(names is "event data id" or "event data", $"A frame has the fields {names}.");
        var at = fields.Count - names.Split(' ').Length;
        using var data = JsonDocument.Parse(fields[at + 1][1]);
        var next = new SseEvent(
            fields[at][1], data.RootElement.Clone(), names == "event data" ? "" : fields[^1][1]);
        Assert.Equal(next.Event, next.Text("type"));
        if (next.Id.Length > 0)
            LastId = next.Id;
        return next;
    }
}
