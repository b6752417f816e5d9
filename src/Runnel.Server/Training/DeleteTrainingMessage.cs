using Runnel.Server.Auth;
using Runnel.Server.DigitalHumans;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Listing;

namespace Runnel.Server.Training;

/// <summary><c>DELETE /digital-humans/{id}/training-messages/{message_id}</c>: takes what only that message said with it.</summary>
internal static class DeleteTrainingMessage
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/digital-humans/{digitalHumanId:long}/training-messages/{messageId}", HandleAsync).Produces(204);

    private static async Task<IResult> HandleAsync(
        long digitalHumanId,
        string messageId,
        CurrentUser user,
        RunnelDbContext database,
        TrainingMessageDeletion deletion,
        CancellationToken cancellationToken)
    {
        if (await OwnDigitalHumans.FindAsync(database, user.Id, digitalHumanId, cancellationToken) is null)
            return DigitalHumanProblems.NotFound();
        return await deletion.DeleteAsync(user.Id, digitalHumanId, messageId, cancellationToken)
            ? Results.NoContent()
            : Problems.NotFound(
                "message_not_found", "This digital human was told no such message. Check message_id.");
    }
}
