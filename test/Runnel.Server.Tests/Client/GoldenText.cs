using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Client;

/// <summary>A transcript without what differs from run to run: ids become numbers in the order of their coming, times one
/// time, durations 1.</summary>
internal sealed class GoldenText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Regex Port = new(@"127\.0\.0\.1:\d+");
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>An event or a message a line.</summary>
    public static string Of(JsonElement events, JsonElement page)
    {
        var golden = new GoldenText();
        var text = new StringBuilder("{\n  \"events\": [\n");
        var lines = events.EnumerateArray().Select(golden.Event).ToList();
        text.AppendJoin(",\n", lines).Append("\n  ],\n  \"messages\": [\n");
        text.AppendJoin(",\n", page.Items().Select(message => golden.Line(message))).Append("\n  ]\n}\n");
        return text.ToString();
    }

    private string Event(JsonElement next) => Line(next.GetProperty("data"), next.Text("id"));

    private string Line(JsonElement data, string? cursor = null)
    {
        var node = JsonNode.Parse(data.GetRawText())!.AsObject();
        foreach (var (name, value) in node.ToList())
            node[name] = Steady(name, value);
        if (cursor is not null)
            node["id"] = $"g.{TurnEvents.Number(cursor).ToString(CultureInfo.InvariantCulture)}";
        return "    " + node.ToJsonString(Plain);
    }

    private JsonNode? Steady(string name, JsonNode? value) => value switch
    {
        null => null,
        JsonArray list => new JsonArray([.. list.Select(item => Steady(name, item))]),
        JsonValue text when name is "siblings" or "withdrawn" || IsId(name) => Name(text.ToString()),
        JsonValue when name.EndsWith("_at", StringComparison.Ordinal) => "2026-01-01T00:00:00.000Z",
        JsonValue text when name is "error" => Port.Replace(text.ToString(), "127.0.0.1:1"),
        JsonValue when name is "duration_ms" or "first_token_ms" => 1,
        _ => value.DeepClone(),
    };

    private static bool IsId(string name) => name is "thread_id" or "turn_id" or "message_id" or "parent_id" or "active_message_id";

    private string Name(string id)
    {
        if (!_names.TryGetValue(id, out var name))
            _names[id] = name = $"id-{_names.Count + 1}";
        return name;
    }
}
