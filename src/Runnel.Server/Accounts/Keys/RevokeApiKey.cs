using Runnel.Server.Auditing;
using Runnel.Server.Auth;
using Runnel.Server.Auth.Keys;
using Runnel.Server.Hosting;

namespace Runnel.Server.Accounts.Keys;

/// <summary><c>DELETE /auth/api-keys/{key_id}</c>: the key is worth nothing from now on, and its streams end.</summary>
internal static class RevokeApiKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/auth/api-keys/{keyId}", HandleAsync);

    private static async Task<IResult> HandleAsync(
        string keyId, CurrentUser user, ApiKeys keys, AuditLog audit, CancellationToken cancellationToken)
    {
        if (!await keys.RevokeAsync(user.Id, keyId, cancellationToken))
            return Problems.NotFound("api_key_not_found", "There is no such key, or it was revoked.");
        audit.KeyRevoked(user.Id, keyId);
        return Results.NoContent();
    }
}
