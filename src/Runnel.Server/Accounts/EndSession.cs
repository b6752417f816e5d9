using Runnel.Server.Auditing;
using Runnel.Server.Auth;
using Runnel.Server.Auth.Sessions;
using Runnel.Server.Hosting;

namespace Runnel.Server.Accounts;

/// <summary><c>DELETE /auth/sessions/{session_id}</c>: signs one of the caller's browsers or programs out, perhaps this one.</summary>
internal static class EndSession
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/auth/sessions/{sessionId}", HandleAsync).Produces(204);

    private static async Task<IResult> HandleAsync(
        string sessionId, CurrentUser user, SignedIn sessions, AuditLog audit, CancellationToken cancellationToken)
    {
        if (!await sessions.EndAsync(user.Id, sessionId, cancellationToken))
            return Problems.NotFound("session_not_found", "There is no such session, or it has ended.");
        audit.SessionEnded(user.Id, sessionId);
        return Results.NoContent();
    }
}
