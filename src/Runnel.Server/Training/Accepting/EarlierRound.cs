using Microsoft.EntityFrameworkCore;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Following;
using Runnel.Streams;

namespace Runnel.Server.Training.Accepting;

/// <summary>A message that a client sends again, because it did not hear the answer, is recognised by its
/// <c>client_message_id</c> and starts nothing.</summary>
internal static class EarlierRound
{
    public static async Task<Acceptance?> FindAsync(
        RunnelDbContext database, IEventStreams streams, NewRound wanted, CancellationToken cancellationToken)
    {
        if (wanted.ClientMessageId is not { } id)
            return null;
        var row = await database.Database.SqlQuery<Row>($"""
            select round_id as "RoundId", digital_human_id as "DigitalHumanId", content as "Content",
              started_after as "StartedAfter", ended_at_event as "EndedAt"
            from training_rounds where owner_id = {wanted.OwnerId} and client_message_id = {id}
            """).SingleOrDefaultAsync(cancellationToken);
        if (row is null)
            return null;
        if (row.Content != wanted.Message || row.DigitalHumanId != wanted.DigitalHumanId)
        {
            return Problems.Invalid(
                "client_message_id_reused", "This client_message_id was used for another message. Make a new one.");
        }

        var before = await streams.ReadStateAsync(
            TrainingStreams.Of(row.DigitalHumanId),
            (cursor, _) => cursor with { Number = row.StartedAfter },
            cancellationToken);
        return Acceptance.Of(new AcceptedRound(row.RoundId, before, row.EndedAt), isRepeat: true);
    }

    private sealed record Row(string RoundId, long DigitalHumanId, string Content, long StartedAfter, long? EndedAt);
}
