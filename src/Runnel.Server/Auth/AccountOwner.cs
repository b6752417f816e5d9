using Runnel.Server.Auth.Keys;
using Runnel.Server.Hosting;

namespace Runnel.Server.Auth;

/// <summary>What concerns the account itself is for the person: a key that leaks must not make further keys, nor lock its owner
/// out.</summary>
internal static class AccountOwner
{
    public static RouteGroupBuilder ForOwnerOnly(this RouteGroupBuilder routes)
    {
        routes.AddEndpointFilter(async (context, next) =>
            ApiKeyScheme.KeyOf(context.HttpContext.User) is null
                ? await next(context)
                : Problems.Forbidden("not_for_api_keys", "Sign in to change the account; an API key cannot."));
        return routes;
    }
}
