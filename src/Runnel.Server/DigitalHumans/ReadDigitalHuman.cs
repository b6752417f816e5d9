using Runnel.Server.Auth;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.DigitalHumans;

/// <summary><c>GET /digital-humans/{id}</c>: one's own, or a public one.</summary>
internal static class ReadDigitalHuman
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/digital-humans/{digitalHumanId:long}", HandleAsync).Produces<DigitalHumanItem>();

    private static async Task<IResult> HandleAsync(
        long digitalHumanId, CurrentUser user, RunnelDbContext database, CancellationToken cancellationToken) =>
        await OwnDigitalHumans.FindUsableAsync(database, user.Id, digitalHumanId, cancellationToken) is { } human
            ? Results.Ok(DigitalHumanItem.From(human, user.Id))
            : DigitalHumanProblems.NotFound();
}
