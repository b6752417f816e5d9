using System.Globalization;
using System.Text.Json;

namespace Runnel.Streams.AspNetCore.Tests;

/// <summary>One frame as it came.</summary>
internal sealed record SseFrame(string Text)
{
    public string? Name => Field("event");

    public string? Id => Field("id");

    public string Data => Field("data") ?? "";

    public string? Content => Member("content");

    public string? Accumulated => Member("accumulated_content");

    public long Number => long.Parse(Id!.Split('.')[^1], CultureInfo.InvariantCulture);

    public string? Member(string name)
    {
        using var json = JsonDocument.Parse(Data);
        return json.RootElement.TryGetProperty(name, out var value) ? value.ToString() : null;
    }

    private string? Field(string name) =>
        Text.Split('\n').FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.Ordinal))?[(name.Length + 2)..];
}
