using System.Text.Json;

namespace Runnel.Fakes;

/// <summary>One chat request as it came in.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Headers">Names are compared without case.</param>
/// <param name="Body">The bytes as text.</param>
/// <param name="Model">The model asked for.</param>
/// <param name="Messages">What is to be answered.</param>
public sealed record UpstreamRequest(
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    string Body,
    string Model,
    IReadOnlyList<UpstreamMessage> Messages)
{
    public string LastUserMessage => Messages.LastOrDefault(message => message.Role == "user")?.Content ?? "";

    internal static async Task<UpstreamRequest> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        using var json = JsonDocument.Parse(body);
        var messages = json.RootElement.GetProperty("messages").EnumerateArray().Select(message => new UpstreamMessage(
            message.GetProperty("role").GetString()!, message.GetProperty("content").GetString() ?? ""));
        return new UpstreamRequest(
            request.Path + request.QueryString,
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase),
            body,
            json.RootElement.GetProperty("model").GetString()!,
            [.. messages]);
    }
}
