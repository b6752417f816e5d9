using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Runnel.Server.Accounts;

/// <summary>Takes the cookie away. Idempotent, and open to whoever is signed out already.</summary>
internal static class Logout
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/auth/logout", (Delegate)HandleAsync).AllowAnonymous();

    private static async Task<IResult> HandleAsync(HttpContext context)
    {
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        return Results.NoContent();
    }
}
