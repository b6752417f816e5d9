using System.Security.Claims;
using Runnel.Server.Auth.External;
using Runnel.Server.Auth.Keys;
using Runnel.Server.Auth.Sessions;

namespace Runnel.Server.Auth;

/// <summary>Takes a cookie or token for nobody's when its session has ended, whatever is written on it.</summary>
internal static class SessionCheck
{
    public static void UseSessionCheck(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.User.Identity?.IsAuthenticated == true && !await IsGoodAsync(context))
            context.User = new ClaimsPrincipal(new ClaimsIdentity());
        await next(context);
    });

    private static async ValueTask<bool> IsGoodAsync(HttpContext context)
    {
        // Keys, and tokens of another issuer, belong to no session; anything else that names none is no good.
        if (context.User.Identity!.AuthenticationType is ApiKeyScheme.Name or ExternalIssuer.Scheme)
            return true;
        return SessionClaims.SessionOf(context.User) is { } sessionId
            && await context.RequestServices.GetRequiredService<SignedIn>().IsValidAsync(sessionId, context.RequestAborted);
    }
}
