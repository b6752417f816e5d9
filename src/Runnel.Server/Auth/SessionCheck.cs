using System.Security.Claims;
using Runnel.Server.Auth.External;
using Runnel.Server.Auth.Keys;
using Runnel.Server.Auth.Sessions;
using Runnel.Server.Auth.Tickets;

namespace Runnel.Server.Auth;

/// <summary>Takes a cookie, token or ticket for nobody's when what it belongs to has ended, whatever is written on it.</summary>
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
        var services = context.RequestServices;
        if (SessionClaims.SessionOf(context.User) is { } sessionId)
            return await services.GetRequiredService<SignedIn>().IsValidAsync(sessionId, context.RequestAborted);
        return context.User.Identity!.AuthenticationType switch
        {
            // These were looked at just now, and belong to no session; anything else that names none is no good.
            ApiKeyScheme.Name or ExternalIssuer.Scheme => true,
            TicketScheme.Name => await services.GetRequiredService<TicketBond>().HoldsAsync(context.User, context.RequestAborted),
            _ => false,
        };
    }
}
