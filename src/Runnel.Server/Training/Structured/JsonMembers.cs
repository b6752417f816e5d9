using System.Text.Json;
using Runnel.Server.Hosting.Wording;

namespace Runnel.Server.Training.Structured;

/// <summary>Reads the members of a model's answer, and says of a wrong one where it is and what it should be.</summary>
internal static class JsonMembers
{
    /// <exception cref="WrongAnswerException">It is not there, or no text.</exception>
    public static string Text(this JsonElement json, string name, string place) =>
        json.Member(name, place) is { ValueKind: JsonValueKind.String } value
            ? Clean(value, $"{place}.{name}")
            : throw new WrongAnswerException($"{place}.{name} must be a string.");

    /// <summary>Null where it is null, empty or not there.</summary>
    /// <exception cref="WrongAnswerException">It is something else than text.</exception>
    public static string? TextOrNull(this JsonElement json, string name, string place)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        var text = json.Text(name, place).Trim();
        return text.Length == 0 ? null : text;
    }

    /// <exception cref="WrongAnswerException">It is none of the words.</exception>
    public static string OneOf(this JsonElement json, string name, string place, IReadOnlyCollection<string> words)
    {
        var word = json.Text(name, place).Trim().ToLowerInvariant();
        return words.Contains(word)
            ? word
            : throw new WrongAnswerException($"{place}.{name} must be one of {string.Join(", ", words)}.");
    }

    /// <exception cref="WrongAnswerException">It is neither true nor false.</exception>
    public static bool Flag(this JsonElement json, string name, string place) =>
        json.Member(name, place).ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new WrongAnswerException($"{place}.{name} must be true or false."),
        };

    /// <exception cref="WrongAnswerException">It is no number from 0 to 1.</exception>
    public static double Share(this JsonElement json, string name, string place) =>
        json.Member(name, place) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var share)
            && share is >= 0 and <= 1
            ? share
            : throw new WrongAnswerException($"{place}.{name} must be a number from 0 to 1.");

    /// <exception cref="WrongAnswerException">It is no list of objects.</exception>
    public static IEnumerable<(JsonElement Item, string Place)> Objects(this JsonElement json, string name, string place)
    {
        var list = json.Member(name, place);
        if (list.ValueKind != JsonValueKind.Array)
            throw new WrongAnswerException($"{place}.{name} must be an array.");
        return list.EnumerateArray().Select((item, index) => item.ValueKind == JsonValueKind.Object
            ? (item, $"{place}.{name}[{index}]")
            : throw new WrongAnswerException($"{place}.{name}[{index}] must be an object."));
    }

    private static JsonElement Member(this JsonElement json, string name, string place) =>
        json.TryGetProperty(name, out var value) ? value : throw new WrongAnswerException($"{place}.{name} is missing.");

    private static string Clean(JsonElement value, string place)
    {
        try
        {
            return Texts.Clean(value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            throw new WrongAnswerException($"{place} has half of a surrogate pair.");
        }
    }
}
