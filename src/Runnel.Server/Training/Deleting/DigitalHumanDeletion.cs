using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Following;
using Runnel.Server.Training.Stopping;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Deleting;

/// <summary>Deletes a digital human: its rounds end, then it is hidden and its stream goes, in one commit. All else that is of it
/// is cleared after that; nobody waits for it.</summary>
internal sealed class DigitalHumanDeletion(
    RunnelDbContext database, IEventStreams streams, TrainingEnd training, Clearing clearing, TimeProvider time)
{
    /// <summary>Whether the user had such a digital human.</summary>
    public async Task<bool> DeleteAsync(string ownerId, long digitalHumanId, CancellationToken cancellationToken)
    {
        while (await OwnDigitalHumans.FindAsync(database, ownerId, digitalHumanId, cancellationToken) is not null)
        {
            await training.EndAsync(digitalHumanId, cancellationToken);
            try
            {
                await streams.AppendAsync(Deletion(ownerId, digitalHumanId));
                clearing.Begin(digitalHumanId);
                return true;
            }
            catch (ParticipantRefusedException)
            {
                // Another round began, or somebody else deleted it, meanwhile.
            }
        }

        return false;
    }

    private Append Deletion(string ownerId, long digitalHumanId)
    {
        var values = new Dictionary<string, object?>
        {
            ["human"] = digitalHumanId,
            ["owner"] = ownerId,
            ["now"] = UtcText.Write(time.GetUtcNow()),
        };
        return new Append(TrainingStreams.OfOwner(ownerId))
        {
            Participants =
            [
                Statement.Of(
                    "digital human rests",
                    """
                    update digital_humans set deleted_at = @now, is_public = 0, name = '', greeting = null, persona = ''
                    where id = @human and owner_id = @owner and deleted_at is null and not exists (
                      select 1 from training_rounds where digital_human_id = @human and status in ('queued', 'running'))
                    """,
                    values),
                Statement.Of(
                    "deleted digital human",
                    "insert into deleted_digital_humans (id, owner_id, deleted_at) values (@human, @owner, @now)",
                    values),
                // Else its events would be trimmed, and its stream made anew for that.
                Statement.Of(
                    "its rounds",
                    "update training_rounds set is_trimmed = 1 where digital_human_id = @human and is_trimmed = 0",
                    values,
                    expectedRows: null),
            ],
            Deletes = [TrainingStreams.Of(digitalHumanId)],
        };
    }
}
