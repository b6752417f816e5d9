using Runnel.Server.Auth;
using Runnel.Server.DigitalHumans;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge;

/// <summary><c>DELETE /digital-humans/{id}/knowledge/{node_id}</c>: forgets a node with its edges, or one edge. It is final, but
/// who says it again is heard again.</summary>
internal static class ForgetKnowledge
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/digital-humans/{digitalHumanId:long}/knowledge/{nodeId}", HandleAsync).Produces(204);

    private static async Task<IResult> HandleAsync(
        long digitalHumanId,
        string nodeId,
        CurrentUser user,
        RunnelDbContext database,
        Erasure erasure,
        CancellationToken cancellationToken)
    {
        if (await OwnDigitalHumans.FindAsync(database, user.Id, digitalHumanId, cancellationToken) is null)
            return DigitalHumanProblems.NotFound();
        if (!await ForgottenKnowledge.TryForgetAsync(database, digitalHumanId, nodeId, cancellationToken))
            return Problems.NotFound("knowledge_not_found", "It does not know this, or has forgotten it. Check the id.");
        erasure.Soon();
        return Results.NoContent();
    }
}
