using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Crash;

/// <summary>An event of a transcript, or chunks of one message that lie side by side, put together.</summary>
/// <param name="Event">Its name.</param>
/// <param name="Key">All that must be equal beside the text.</param>
/// <param name="Text">What the chunks add up to; empty for other events.</param>
/// <param name="Id">Its cursor, of the last chunk.</param>
/// <param name="Data">The data, of the first chunk.</param>
internal sealed record Line(string Event, string Key, string Text, string Id, JsonElement Data)
{
    private const string Reasoning = "ai_reasoning_chunk";

    public bool IsAnswer => Event == TurnEvents.Chunk;

    public bool IsText => Event is TurnEvents.Chunk or Reasoning;

    public bool IsEnd => Event is TurnEvents.Complete or TurnEvents.Error;

    public string Thread => Data.Text("thread_id");

    public string Turn => Data.Text("turn_id");

    public static Line Of(SseEvent seen) =>
        seen.Event is TurnEvents.Chunk or Reasoning
            ? new Line(seen.Event, seen.Text("message_id"), seen.Text("content"), seen.Id, seen.Data)
            : new Line(seen.Event, seen.Data.GetRawText(), "", seen.Id, seen.Data);

    /// <summary>Adds a line to others, put together with the last where it goes on with the same text.</summary>
    public static void AddTo(List<Line> lines, Line next)
    {
        if (lines.Count > 0 && lines[^1] is { IsText: true } last && (last.Event, last.Key) == (next.Event, next.Key))
            lines[^1] = last with { Text = last.Text + next.Text, Id = next.Id };
        else
            lines.Add(next);
    }

    public override string ToString() => $"{Event} {Id} {(IsText ? Text : Key)}";
}
