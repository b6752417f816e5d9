using Runnel.Server.Persistence;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Running;

/// <summary>
/// The life of a round. The rows move by these statements only, and triggers of the table hold to the same moves.
/// <code>
/// queued ──▶ running ──▶ complete | failed
///    └──────────┴──────▶ stopped
/// </code>
/// </summary>
internal static class RoundState
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Complete = "complete";
    public const string Stopped = "stopped";
    public const string Failed = "failed";

    /// <summary>The participant that refuses a move that is not the round's to make any more.</summary>
    public const string Refused = "round moves";

    public static bool IsEnd(string status) => status is not (Queued or Running);

    /// <summary>A queued round begins: its numbers are those of its beginning from now on.</summary>
    public static Participant Begin(string roundId) => Statement.Of(
        Refused,
        """
        update training_rounds set status = 'running', started_after = @before, owner_started_after = @owner_before,
          incarnation = @incarnation
        where round_id = @round and status = 'queued'
        """,
        new Dictionary<string, object?>
        {
            ["round"] = roundId,
            ["before"] = EventNumber.Before,
            ["owner_before"] = EventNumber.OwnerBefore,
            ["incarnation"] = EventNumber.Incarnation,
        });

    /// <summary>A round ends, with some event of the append. One that was told to end takes no other end.</summary>
    /// <param name="end">The end.</param>
    /// <param name="from">Its status before.</param>
    /// <param name="at">Which event of the append is the terminal one, from 1.</param>
    /// <param name="now">When.</param>
    public static Participant End(RoundEnd end, string from, int at, DateTimeOffset now) => Statement.Of(
        Refused,
        $"""
        update training_rounds set status = @status, error_code = @code, question = @question,
          learned = coalesce(@learned, learned), ended_at_event = @before + {at}, owner_ended_at_event = @owner_before + {at},
          ended_at = @now
        where round_id = @round and status = @from and coalesce(end_requested, @reason) = @reason
        """,
        new Dictionary<string, object?>
        {
            ["round"] = end.RoundId,
            ["status"] = end.Status,
            ["from"] = from,
            ["code"] = end.Code,
            ["reason"] = end.Code ?? "",
            ["question"] = end.Question,
            ["learned"] = end.Learned,
            ["before"] = EventNumber.Before,
            ["owner_before"] = EventNumber.OwnerBefore,
            ["now"] = UtcText.Write(now),
        });

    /// <summary>A running round is told to end, and why; it has not done so yet. That its digital human goes is the stronger
    /// reason.</summary>
    public static Participant RequestEnd(string roundId, string code) => Statement.Of(
        Refused,
        """
        update training_rounds
        set end_requested = case end_requested when 'digital_human_deleted' then end_requested else @code end
        where round_id = @round and status = 'running'
        """,
        new Dictionary<string, object?> { ["round"] = roundId, ["code"] = code });
}
