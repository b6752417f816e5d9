using Microsoft.EntityFrameworkCore;
using Runnel.Server.Auth;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.DigitalHumans;

/// <summary><c>DELETE /digital-humans/{id}</c>. Conversations with it stay.</summary>
internal static class DeleteDigitalHuman
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/digital-humans/{digitalHumanId:long}", HandleAsync).Produces(204);

    private static async Task<IResult> HandleAsync(
        long digitalHumanId, CurrentUser user, RunnelDbContext database, CancellationToken cancellationToken) =>
        await OwnDigitalHumans.Of(database, user.Id).Where(human => human.Id == digitalHumanId)
            .ExecuteDeleteAsync(cancellationToken) == 1
            ? Results.NoContent()
            : DigitalHumanProblems.NotFound();
}
