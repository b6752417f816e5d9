using Microsoft.EntityFrameworkCore;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;
using Runnel.Streams;
using Runnel.Streams.Events;

namespace Runnel.Server.Turns.Accepting;

/// <summary>A message that a client sends again, because it did not hear the answer, is recognised by its
/// <c>client_message_id</c> and starts nothing.</summary>
internal static class EarlierTurn
{
    public static async Task<Intake?> FindAsync(
        RunnelDbContext database, IEventStreams streams, NewTurn wanted, CancellationToken cancellationToken)
    {
        if (wanted.ClientMessageId is not { } id)
            return null;
        var row = await database.Database.SqlQuery<Row>($"""
            select t.thread_id as "ThreadId", t.turn_id as "TurnId", t.user_message_id as "UserMessageId",
              t.message_id as "MessageId", t.status as "Status", t.started_after as "StartedAfter",
              t.owner_started_after as "OwnerStartedAfter", t.ended_at_event as "EndedAt", m.content as "Content",
              case t.status when 'queued' then (
                select count(*) from turns q
                where q.thread_id = t.thread_id and q.status = 'queued' and q.queue_order <= t.queue_order)
              else 0 end as "QueuePosition",
              m.turn_id as "AskedIn", c.digital_human_id as "DigitalHumanId"
            from turns t
            join messages m on m.message_id = t.user_message_id
            join conversations c on c.thread_id = t.thread_id
            where t.owner_id = {wanted.OwnerId} and t.client_message_id = {id}
            """).SingleOrDefaultAsync(cancellationToken);
        if (row is null)
            return null;
        var isSame = row.Content == wanted.Opening.Text
            && (row.AskedIn != row.TurnId) == (wanted.Opening.AnsweredId is not null)
            && (wanted.ThreadId is null || wanted.ThreadId == row.ThreadId)
            && (wanted.DigitalHumanId is null || wanted.DigitalHumanId == row.DigitalHumanId);
        if (!isSame)
        {
            return Problems.Invalid(
                "client_message_id_reused", "This client_message_id was used for another message. Make a new one.");
        }

        return Intake.Repeated(new AcceptedTurn(
            row.ThreadId,
            row.TurnId,
            row.UserMessageId,
            row.MessageId,
            row.Status,
            await CursorAsync(streams, ConversationStreams.Of(row.ThreadId), row.StartedAfter, cancellationToken),
            await OwnerCursorAsync(database, streams, wanted.OwnerId, row, cancellationToken))
        {
            EndedAt = row.EndedAt,
            QueuePosition = row.QueuePosition,
        });
    }

    private static ValueTask<Cursor> CursorAsync(
        IEventStreams streams, StreamName stream, long number, CancellationToken cancellationToken) =>
        streams.ReadStateAsync(stream, (cursor, _) => cursor with { Number = number }, cancellationToken);

    /// <summary>Where the owner's stream does not have the turn any more the cursor is of no generation, and opens with
    /// <c>resync</c>.</summary>
    private static async ValueTask<Cursor> OwnerCursorAsync(
        RunnelDbContext database, IEventStreams streams, string ownerId, Row row, CancellationToken cancellationToken)
    {
        var stream = ConversationStreams.OfOwner(ownerId);
        // This first: if the stream is made anew in between, the row says that the turn is not in it.
        var generation = await streams.ReadStateAsync(stream, (cursor, _) => cursor.Generation, cancellationToken);
        var isKept = await database.Database
            .SqlQuery<long>($"""
                select 1 as "Value" from turns where turn_id = {row.TurnId} and is_trimmed_for_owner = 0
                """)
            .AnyAsync(cancellationToken);
        return new Cursor(Cursor.MarkOf(stream), isKept ? generation : 0, row.OwnerStartedAfter);
    }

    private sealed record Row(
        string ThreadId,
        string TurnId,
        string UserMessageId,
        string MessageId,
        string Status,
        long StartedAfter,
        long OwnerStartedAfter,
        long? EndedAt,
        string Content,
        int QueuePosition,
        string AskedIn,
        long? DigitalHumanId);
}
