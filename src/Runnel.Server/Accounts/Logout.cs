using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Runnel.Server.Auditing;
using Runnel.Server.Auth;
using Runnel.Server.Auth.Sessions;

namespace Runnel.Server.Accounts;

/// <summary>Ends the session of the cookie and of the token, also of one that has expired, and takes the cookie away. Idempotent,
/// and open to whoever is signed out already.</summary>
internal static class Logout
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/auth/logout", HandleAsync).Produces(204).AllowAnonymous();

    private static async Task<IResult> HandleAsync(HttpContext http, Tokens tokens, SignedIn sessions, AuditLog audit)
    {
        var cookie = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        foreach (var principal in new[] { cookie.Principal, tokens.ReadExpired(http.Request) })
        {
            if (SessionClaims.SessionOf(principal) is { } sessionId
                && principal!.FindFirstValue(ClaimTypes.NameIdentifier) is { } userId
                && await sessions.EndAsync(userId, sessionId, http.RequestAborted))
                audit.SessionEnded(userId, sessionId);
        }

        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return Results.NoContent();
    }
}
