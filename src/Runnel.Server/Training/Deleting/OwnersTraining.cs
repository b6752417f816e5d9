using Microsoft.EntityFrameworkCore;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Following;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Deleting;

/// <summary>Deletes all digital humans of a user whose account goes, to their last row, and the stream of their training.</summary>
internal sealed class OwnersTraining(
    RunnelDbContext database, DigitalHumanDeletion humans, Clearing clearing, IEventStreams streams)
{
    public async Task DeleteAsync(string userId)
    {
        var ids = await OwnDigitalHumans.Of(database, userId).Select(human => human.Id).ToListAsync();
        foreach (var id in ids)
            await humans.DeleteAsync(userId, id, CancellationToken.None);
        foreach (var id in await HiddenDigitalHumans.ReadAsync(database, userId, CancellationToken.None))
            await clearing.RunAsync(id, CancellationToken.None);
        var own = TrainingStreams.OfOwner(userId);
        await streams.AppendAsync(new Append(own) { Deletes = [own] });
    }
}
