using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Soak;

/// <summary>One conversation of a soak run: what was accepted in it, and whether its log agrees.</summary>
internal sealed class SoakTalk(string threadId)
{
    private readonly HashSet<string> _accepted = [];
    private readonly List<JsonElement> _sent = [];

    public string Path { get; } = $"{Speaker.Api}/{threadId}";

    public string ThreadId => threadId;

    /// <summary>What was answered to the messages and the like that were accepted, in order.</summary>
    public IReadOnlyList<JsonElement> Sent => _sent;

    public void Accept(JsonElement sent)
    {
        Assert.True(_accepted.Add(sent.Text("turn_id")), "Two requests were given the same turn.");
        _sent.Add(sent);
    }

    /// <summary>Counts how its turns ended, and what is wrong with them.</summary>
    public void Judge(IEnumerable<SseEvent> events, SoakTally tally)
    {
        var turns = events
            .Where(next => next.Data.TryGetProperty("turn_id", out var turn) && turn.ValueKind == JsonValueKind.String)
            .GroupBy(next => next.Text("turn_id"))
            .ToDictionary(turn => turn.Key, turn => turn.ToList());
        foreach (var turn in _accepted)
            Judge(turns.GetValueOrDefault(turn, []), tally);
        tally.Count(SoakTally.Unknown, turns.Keys.Count(turn => !_accepted.Contains(turn)));
    }

    private static void Judge(List<SseEvent> events, SoakTally tally)
    {
        var ends = events.FindAll(next => next.IsEnd());
        tally.Count(SoakTally.Unended, ends.Count == 0 ? 1 : 0);
        tally.Count(SoakTally.EndedTwice, ends.Count > 1 ? 1 : 0);
        if (ends.Count != 1)
            return;
        var (end, isWhole) = (ends[0], ends[0].Event == TurnEvents.Complete);
        tally.Count($"ended: {end.Text(isWhole ? "finish_reason" : "code")}");
        tally.Count(SoakTally.Late, end == events[^1] ? 0 : 1);
        var last = events.FindLastIndex(next => next.Event == TurnEvents.Reset) + 1;
        var isTrue = end.Text(isWhole ? "final_content" : "partial_content") == events[last..].Joined();
        tally.Count(SoakTally.Untrue, isTrue ? 0 : 1);
    }
}
