using System.Text.Json;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>Reads what the events of turns add up to.</summary>
public static class TurnEvents
{
    public const string Start = "ai_response_start";
    public const string Chunk = "ai_response_chunk";
    public const string Reset = "ai_response_reset";
    public const string Complete = "ai_response_complete";
    public const string Error = "conversation_error";

    public static bool IsEnd(this SseEvent next) => next.Event is Complete or Error;

    /// <summary>The text of all chunks, joined.</summary>
    public static string Joined(this IEnumerable<SseEvent> events) =>
        string.Concat(events.Where(next => next.Event == Chunk).Select(next => next.Text("content")));

    public static string[] Names(this IEnumerable<SseEvent> events) => [.. events.Select(next => next.Event)];

    /// <summary>The number of a cursor. Clients must not look; tests may.</summary>
    public static long Number(string cursor) =>
        long.Parse(cursor[(cursor.LastIndexOf('.') + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    public static List<JsonElement> Items(this JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    /// <summary>The names of the members, sorted.</summary>
    public static string Members(this JsonElement json) =>
        string.Join(' ', json.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));

    /// <summary>The text of several members, given by their names in one string.</summary>
    public static string[] Texts(this JsonElement json, string names) => [.. names.Split(' ').Select(name => json.Text(name))];

    /// <summary>Waits until a stream has shown some text, which may come in any pieces.</summary>
    public static async Task<List<SseEvent>> UntilTextAsync(this SseReader stream, string text)
    {
        var seen = "";
        return await stream.UntilAsync(next =>
        {
            if (next.Event == Chunk)
                seen += next.Text("content");
            Assert.StartsWith(seen, text, StringComparison.Ordinal);
            return seen == text;
        });
    }
}
