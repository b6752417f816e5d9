using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Running;

/// <summary>The rows that change with the attempts of a turn after its first.</summary>
internal static class AttemptRows
{
    /// <summary>Another attempt, perhaps of another model.</summary>
    public static IReadOnlyList<Participant> Start(Turn turn, string model) =>
    [
        new("answer",
            "update messages set model = @model where message_id = @message",
            new Dictionary<string, object?> { ["model"] = model, ["message"] = turn.MessageId }),
        Moved(turn),
    ];

    /// <summary>The text of a running answer is in the log only, so that there is none to take back here.</summary>
    public static IReadOnlyList<Participant> Reset(Turn turn) => [Moved(turn)];

    private static Participant Moved(Turn turn) => new(
        "conversation",
        "update conversations set position = @position where thread_id = @thread and running_turn_id = @turn",
        new Dictionary<string, object?>
        {
            ["position"] = EventNumber.Last,
            ["thread"] = turn.ThreadId,
            ["turn"] = turn.TurnId,
        });
}
