using Runnel.Server.Persistence;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.States;

/// <summary>
/// The life of a turn. A queued one begins or is stopped; a running one ends in one of five ways; nothing leads away from an
/// end. The rows move by these statements only, and triggers of the table hold to the same moves.
/// <code>
/// queued ──▶ running ──▶ complete | failed | interrupted
///    └──────────┴──────▶ stopped
///               └──────▶ withdrawn
/// </code>
/// </summary>
internal static class TurnState
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Complete = "complete";
    public const string Stopped = "stopped";
    public const string Failed = "failed";
    public const string Interrupted = "interrupted";
    public const string Withdrawn = "withdrawn";

    /// <summary>The participant that refuses a move that is not the turn's to make any more.</summary>
    public const string Refused = "turn moves";

    public static bool IsEnd(string status) => status is not (Queued or Running);

    /// <summary>Whether somebody ended it before its time.</summary>
    public static bool IsStop(string status) => status is Stopped or Withdrawn;

    /// <summary>A queued turn begins.</summary>
    public static Participant Begin(string turnId) => Move(
        "update turns set status = 'running', incarnation = @incarnation where turn_id = @turn and status = 'queued'",
        turnId,
        Running);

    /// <summary>A turn ends, with the first event of the append. One that was told to end in a certain way takes no other.</summary>
    public static Participant End(string turnId, string from, string to, DateTimeOffset now) => Move(
        """
        update turns set status = @status, ended_at_event = @before + 1, owner_ended_at_event = @owner_before + 1,
          ended_at = @now
        where turn_id = @turn and status = @from and coalesce(end_requested, @status) = @status
        """,
        turnId,
        to,
        from,
        now);

    /// <summary>A running turn is told to end as stopped or as withdrawn; it has not done so yet. Being withdrawn is the
    /// stronger of the two.</summary>
    public static Participant RequestEnd(string turnId, string status) => Move(
        """
        update turns set end_requested = case end_requested when 'withdrawn' then 'withdrawn' else @status end
        where turn_id = @turn and status = 'running'
        """,
        turnId,
        status);

    private static Participant Move(
        string sql, string turnId, string status, string from = Running, DateTimeOffset now = default) => Statement.Of(
        Refused,
        sql,
        new Dictionary<string, object?>
        {
            ["turn"] = turnId,
            ["status"] = status,
            ["from"] = from,
            ["before"] = EventNumber.Before,
            ["owner_before"] = EventNumber.OwnerBefore,
            ["incarnation"] = EventNumber.Incarnation,
            ["now"] = UtcText.Write(now),
        });
}
