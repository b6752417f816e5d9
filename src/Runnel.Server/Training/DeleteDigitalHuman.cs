using Runnel.Server.Auth;
using Runnel.Server.DigitalHumans;
using Runnel.Server.Training.Deleting;

namespace Runnel.Server.Training;

/// <summary><c>DELETE /digital-humans/{id}</c>: ends its training and leaves nothing of it. Conversations with it stay.</summary>
internal static class DeleteDigitalHuman
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/digital-humans/{digitalHumanId:long}", HandleAsync).Produces(204);

    private static async Task<IResult> HandleAsync(
        long digitalHumanId, CurrentUser user, DigitalHumanDeletion deletion, CancellationToken cancellationToken) =>
        await deletion.DeleteAsync(user.Id, digitalHumanId, cancellationToken)
            ? Results.NoContent()
            : DigitalHumanProblems.NotFound();
}
