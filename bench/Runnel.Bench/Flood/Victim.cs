using System.Diagnostics;
using System.Text.Json;

namespace Runnel.Bench.Flood;

/// <summary>Somebody who sends one message after the other and reads the answers on one stream, as a page does.</summary>
internal sealed class Victim(HttpClient client)
{
    private readonly List<double> _firstTokens = [];
    private readonly List<double> _tokens = [];

    public Figures FirstToken => Figures.Of(_firstTokens);

    public Figures Token => Figures.Of(_tokens);

    public async Task RunAsync(TimeSpan time)
    {
        using var stream = await client.GetAsync(
            new Uri("/api/v1/conversations/stream?accumulated=false", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        stream.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        while (!string.IsNullOrEmpty(await lines.ReadLineAsync()))
        {
            // connected
        }

        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < time;)
            await AskAsync(lines);
    }

    private async Task AskAsync(StreamReader lines)
    {
        var began = Stopwatch.GetTimestamp();
        var sending = client.PostAsJsonAsync("/api/v1/conversations/send", new { message = "What time is it?" });
        var isFirst = true;
        for (string? name = null; name is not "ai_response_complete";)
        {
            var line = await lines.ReadLineAsync() ?? throw new EndOfStreamException("The stream of the other user was closed.");
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line[7..];
            if (name == "conversation_error")
                throw new InvalidOperationException("A turn of the other user failed.");
            if (name != "ai_response_chunk" || !line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            _tokens.AddRange(StampedModel.AgesOf(ContentOf(line[6..])));
            if (isFirst)
                _firstTokens.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            isFirst = false;
        }

        using var sent = await sending;
        sent.EnsureSuccessStatusCode();
    }

    private static string ContentOf(string data)
    {
        using var json = JsonDocument.Parse(data);
        return json.RootElement.GetProperty("content").GetString()!;
    }
}
