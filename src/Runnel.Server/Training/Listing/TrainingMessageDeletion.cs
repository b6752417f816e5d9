using Microsoft.EntityFrameworkCore;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Events;
using Runnel.Server.Training.Following;
using Runnel.Server.Training.Running;
using Runnel.Server.Training.Stopping;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Listing;

/// <summary>Deletes a message that a digital human was told, with the facts that only it had said, and gives up the stream's events
/// up to its round. A round that goes on is stopped first.</summary>
internal sealed class TrainingMessageDeletion(
    RunnelDbContext database, IEventStreams streams, RoundStop stop, Erasure erasure)
{
    private const string Ended = "training message";

    /// <summary>Whether there was such a message.</summary>
    public async Task<bool> DeleteAsync(
        string ownerId, long digitalHumanId, string messageId, CancellationToken cancellationToken)
    {
        while (await FindAsync(digitalHumanId, messageId, cancellationToken) is { } row)
        {
            if (!RoundState.IsEnd(row.Status))
            {
                await stop.EndAsync(digitalHumanId, row.RoundId, RoundFailure.Stopped, cancellationToken);
                continue;
            }

            try
            {
                await streams.AppendAsync(Deletion(ownerId, digitalHumanId, messageId, row));
                erasure.Soon();
                return true;
            }
            catch (ParticipantRefusedException)
            {
                // Somebody else deleted it, or its digital human, meanwhile.
            }
        }

        return false;
    }

    private static Append Deletion(string ownerId, long digitalHumanId, string messageId, Row row)
    {
        var deleted = new TrainingMessageDeleted(digitalHumanId, row.RoundId, messageId);
        return new Append(TrainingStreams.Of(digitalHumanId), TrainingEvents.From(deleted))
        {
            Owner = TrainingStreams.OfOwner(ownerId),
            TrimTo = Math.Min(row.EndedAt, row.Unfinished ?? row.EndedAt),
            Participants =
            [
                Statement.Of(
                    Ended,
                    "delete from training_rounds where message_id = @message and ended_at_event is not null",
                    new Dictionary<string, object?> { ["message"] = messageId }),
                .. KnowledgeRows.DeleteLearnedFrom(digitalHumanId, messageId),
            ],
        };
    }

    /// <summary>What is given up ends before any round that has not ended, which those who come back need.</summary>
    private Task<Row?> FindAsync(long digitalHumanId, string messageId, CancellationToken cancellationToken) =>
        database.Database.SqlQuery<Row>($"""
            select round_id as "RoundId", status as "Status",
              coalesce(ended_at_event, 0) as "EndedAt",
              (select min(started_after) from training_rounds
               where digital_human_id = {digitalHumanId} and status in ('queued', 'running')) as "Unfinished"
            from training_rounds where digital_human_id = {digitalHumanId} and message_id = {messageId}
            """).FirstOrDefaultAsync(cancellationToken);

    private sealed record Row(string RoundId, string Status, long EndedAt, long? Unfinished);
}
