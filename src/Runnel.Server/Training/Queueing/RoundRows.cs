using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Events;
using Runnel.Server.Training.Progress;
using Runnel.Server.Training.Running;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Queueing;

/// <summary>The rounds of a digital human that have not ended.</summary>
internal static class RoundRows
{
    /// <summary>The participant that refuses when as many wait as were seen no more, or the digital human is gone.</summary>
    public const string Refused = "queue is as it was";

    /// <summary>Of a digital human; the next to begin first.</summary>
    public static Task<List<WaitingRound>> ReadUnfinishedAsync(
        RunnelDbContext database, long digitalHumanId, CancellationToken cancellationToken) =>
        database.Database.SqlQuery<WaitingRound>($"""
            select round_id as "RoundId", digital_human_id as "DigitalHumanId", owner_id as "OwnerId",
              message_id as "MessageId", content as "Content", language as "Language", status as "Status",
              client_message_id as "ClientMessageId", end_requested as "EndRequested"
            from training_rounds
            where status in ('queued', 'running') and digital_human_id = {digitalHumanId}
            order by queue_order, message_id
            """).ToListAsync(cancellationToken);

    /// <summary>One that runs; null when it does not.</summary>
    public static Task<WaitingRound?> ReadRunningAsync(
        RunnelDbContext database, string roundId, CancellationToken cancellationToken) =>
        database.Database.SqlQuery<WaitingRound>($"""
            select round_id as "RoundId", digital_human_id as "DigitalHumanId", owner_id as "OwnerId",
              message_id as "MessageId", content as "Content", language as "Language", status as "Status",
              client_message_id as "ClientMessageId", end_requested as "EndRequested"
            from training_rounds where round_id = {roundId} and status = 'running'
            """).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Where so many wait as were seen, and the digital human is its owner's: positions that were told are right.</summary>
    public static Participant AsSeen(long digitalHumanId, string ownerId, int queued) => Statement.Of(
        Refused,
        """
        update digital_humans set id = id where id = @human and owner_id = @owner and deleted_at is null
          and @queued = (select count(*) from training_rounds where digital_human_id = @human and status = 'queued')
        """,
        new Dictionary<string, object?> { ["human"] = digitalHumanId, ["owner"] = ownerId, ["queued"] = queued });

    /// <summary>The events for rounds that stand one after the other from a position.</summary>
    public static IEnumerable<NewEvent> Positions(IEnumerable<WaitingRound> rounds, int first) =>
        rounds.Select((round, index) =>
            TrainingEvents.From(new TrainingQueued(round.DigitalHumanId, round.RoundId, first + index)));

    /// <summary>The events with which a round begins.</summary>
    public static IReadOnlyList<NewEvent> Beginning(Round round, string? clientMessageId) =>
    [
        TrainingEvents.From(new TrainingStart(round.DigitalHumanId, round.RoundId, Words.Started(round.Language))),
        TrainingEvents.From(new TrainingChunk(round.DigitalHumanId, round.RoundId, null, ChunkKinds.UserMessage)
        {
            MessageId = round.MessageId,
            ClientMessageId = clientMessageId,
            Content = round.Message,
        }),
    ];
}
