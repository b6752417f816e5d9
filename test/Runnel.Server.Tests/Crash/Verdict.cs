using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Crash;

/// <summary>Holds the log of a conversation against itself, against what was acknowledged, and against history.</summary>
internal static class Verdict
{
    /// <summary>The turns of the log, each of which has ended once.</summary>
    public static Dictionary<string, Story> Stories(Transcript log)
    {
        var stories = new Dictionary<string, Story>();
        foreach (var line in log.Lines)
        {
            if (stories.TryGetValue(line.Turn, out var story))
                story.Tell(line);
            else
                stories.Add(line.Turn, Begin(line));
        }

        Assert.All(stories, story => Assert.True(story.Value.IsEnded, $"Turn {story.Key} has no end"));
        Assert.Equal(stories.Count, stories.Values.Select(story => story.ClientMessageId).Distinct().Count());
        return stories;
    }

    public static void AssertAccepted(IReadOnlyDictionary<string, Said> accepted, Dictionary<string, Story> stories)
    {
        foreach (var (turn, said) in accepted)
        {
            Assert.True(stories.TryGetValue(turn, out var story), $"The log lost turn {turn}, which was acknowledged");
            story.AssertAnswers(said);
        }
    }

    /// <summary>History is what the log tells, and its cursor is the end of the log.</summary>
    public static async Task AssertHistoryAsync(
        Speaker speaker, string thread, Transcript log, Dictionary<string, Story> stories)
    {
        var messages = new List<(string, string, string)>();
        string? before = null;
        do
        {
            var page = await speaker.MessagesAsync(
                thread, "?limit=200" + (before is null ? "" : $"&before={before}"));
            if (before is null)
                Assert.Equal(TurnEvents.Number(page.Text("cursor")), log.Events);
            messages.InsertRange(0, page.Items().Select(Read));
            before = page.GetProperty("next_before").GetString();
        }
        while (before is not null);
        Assert.Equal(stories.Values.SelectMany(story => story.Messages()), messages);
    }

    private static Story Begin(Line line)
    {
        Assert.True(line.Event == "user_message", $"A turn begins with {line}");
        return new Story(line);
    }

    private static (string Role, string Status, string Content) Read(JsonElement message) =>
        (message.Text("role"), message.Text("status"), message.Text("content"));
}
