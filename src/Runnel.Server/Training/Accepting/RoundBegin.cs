using Runnel.Server.Persistence;
using Runnel.Server.Training.Events;
using Runnel.Server.Training.Following;
using Runnel.Server.Training.Progress;
using Runnel.Server.Training.Queueing;
using Runnel.Server.Training.Running;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Accepting;

/// <summary>What commits when a round is accepted: its row with the message, and the events that show it.</summary>
internal static class RoundBegin
{
    /// <summary>The participant that refuses when the user has no place left, or the client's name for it was used.</summary>
    public const string Room = "user has room";

    private const string Free = "digital human is free";

    /// <param name="wanted">The round.</param>
    /// <param name="waiting">Those of the digital human that have not ended.</param>
    /// <param name="limit">How many turns and rounds of a user run or wait at most.</param>
    /// <param name="now">When.</param>
    public static (Round Round, Append Append) Create(
        NewRound wanted, IReadOnlyList<WaitingRound> waiting, int limit, DateTimeOffset now)
    {
        var round = new Round(
            NewId(now), wanted.DigitalHumanId, wanted.OwnerId, NewId(now), wanted.Message, wanted.Language);
        var runs = waiting.Count == 0;
        var queued = waiting.Count(other => other.Status == RoundState.Queued);
        IReadOnlyList<NewEvent> events = runs
            ? RoundRows.Beginning(round, wanted.ClientMessageId)
            : [TrainingEvents.From(Waiting(round, wanted, queued + 1))];
        return (round, new Append(TrainingStreams.Of(round.DigitalHumanId), events)
        {
            Owner = TrainingStreams.OfOwner(round.OwnerId),
            Participants =
            [
                runs ? IsFree(round) : RoundRows.AsSeen(round.DigitalHumanId, round.OwnerId, queued),
                Insert(round, wanted, runs, limit, now),
            ],
        });
    }

    private static TrainingQueued Waiting(Round round, NewRound wanted, int position) =>
        new(round.DigitalHumanId, round.RoundId, position)
        {
            MessageId = round.MessageId,
            Content = round.Message,
            ClientMessageId = wanted.ClientMessageId,
        };

    private static Participant IsFree(Round round) => Statement.Of(
        Free,
        """
        update digital_humans set id = id
        where id = @human and owner_id = @owner and deleted_at is null and not exists (
          select 1 from training_rounds where digital_human_id = @human and status in ('queued', 'running'))
        """,
        new Dictionary<string, object?> { ["human"] = round.DigitalHumanId, ["owner"] = round.OwnerId });

    /// <summary>The limit is asked here, where rounds begin and end one after the other: a place is free as soon as the event that
    /// ends a round is seen, and a message that was sent twice at once takes one place.</summary>
    private static Participant Insert(Round round, NewRound wanted, bool runs, int limit, DateTimeOffset now) => Statement.Of(
        Room,
        """
        insert into training_rounds (round_id, digital_human_id, owner_id, message_id, client_message_id, status, language,
          queue_order, content, started_after, owner_started_after, created_at, incarnation)
        select @round, @human, @owner, @message, @client_message, @status, @language,
          coalesce((select max(queue_order) from training_rounds where digital_human_id = @human and status = 'queued'), 0) + 1,
          @content, @before, @owner_before, @now, @incarnation
        where (select count(*) from turns where owner_id = @owner and status in ('queued', 'running'))
          + (select count(*) from training_rounds where owner_id = @owner and status in ('queued', 'running')) < @limit
        """,
        new Dictionary<string, object?>
        {
            ["round"] = round.RoundId,
            ["human"] = round.DigitalHumanId,
            ["owner"] = round.OwnerId,
            ["message"] = round.MessageId,
            ["client_message"] = wanted.ClientMessageId,
            ["status"] = runs ? RoundState.Running : RoundState.Queued,
            ["language"] = round.Language.Tag(),
            ["content"] = round.Message,
            ["before"] = EventNumber.Before,
            ["owner_before"] = EventNumber.OwnerBefore,
            ["incarnation"] = EventNumber.Incarnation,
            ["now"] = UtcText.Write(now),
            ["limit"] = limit,
        });

    private static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");
}
