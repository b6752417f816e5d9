using System.Security.Claims;

namespace Runnel.Server.Auth.Sessions;

/// <summary>Takes a cookie or token for nobody's when its session has ended, whatever is written on it.</summary>
internal static class SessionCheck
{
    public static void UseSessionCheck(this WebApplication app) => app.Use(async (context, next) =>
    {
        var sessions = context.RequestServices.GetRequiredService<SignedIn>();
        if (context.User.Identity?.IsAuthenticated == true
            && (SessionClaims.SessionOf(context.User) is not { } sessionId
                || !await sessions.IsValidAsync(sessionId, context.RequestAborted)))
            context.User = new ClaimsPrincipal(new ClaimsIdentity());
        await next(context);
    });
}
