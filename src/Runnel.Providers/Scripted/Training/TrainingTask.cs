using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Runnel.Providers.Scripted.Training;

/// <summary>A step of training that the demonstration model is asked to do: the user's message is one JSON object with a member
/// <c>task</c>.</summary>
internal sealed class TrainingTask
{
    private readonly JsonElement _data;

    private TrainingTask(JsonElement data) => _data = data;

    /// <summary>Which step; empty when it is none.</summary>
    public string Name => Text("task");

    /// <summary>What the person said.</summary>
    public string Message => Text("message");

    public bool IsChinese => Message.Any(Words.IsChinese);

    public int RoundsBefore =>
        _data.TryGetProperty("rounds_before", out var rounds) && rounds.TryGetInt32(out var number) ? number : 0;

    public IReadOnlyList<string> ThinAreas => List("thin_areas");

    public IReadOnlyList<string> Asked => List("asked");

    /// <summary>Null when a conversation is no such step.</summary>
    public static TrainingTask? From(IEnumerable<ChatMessage> messages)
    {
        var text = messages.FirstOrDefault(message => message.Role == ChatRole.User)?.Text.Trim() ?? "";
        if (!text.StartsWith('{')) return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            var task = new TrainingTask(document.RootElement.Clone());
            return task.Name.Length > 0 ? task : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string Text(string name) =>
        _data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private string[] List(string name) =>
        _data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.ToString())]
            : [];
}
