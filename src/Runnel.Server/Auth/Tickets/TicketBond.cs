using System.Security.Claims;
using Runnel.Server.Auth.External;
using Runnel.Server.Auth.Keys;
using Runnel.Server.Auth.Sessions;

namespace Runnel.Server.Auth.Tickets;

/// <summary>
/// A ticket is good no longer than what asked for it: a session, an API key, or the token of another issuer, which ends by itself
/// and is of an account.
/// </summary>
internal sealed class TicketBond(ApiKeys keys, ExternalAccounts accounts)
{
    /// <summary>What a ticket says of the caller who asks for it.</summary>
    public static ClaimsPrincipal Of(ClaimsPrincipal caller) => new(new ClaimsIdentity(
        caller.Claims.Where(claim => claim.Type is ClaimTypes.NameIdentifier or SessionClaims.SessionId or ApiKeyScheme.KeyId),
        TicketScheme.Name));

    /// <summary>Whether the caller's own time limits their tickets. A session goes on when its token expires, and a key has no
    /// end.</summary>
    public static bool EndsWithCaller(ClaimsPrincipal caller) =>
        SessionClaims.SessionOf(caller) is null && ApiKeyScheme.KeyOf(caller) is null;

    /// <summary>Whether what a ticket without a session is bound to is still good.</summary>
    public Task<bool> HoldsAsync(ClaimsPrincipal holder, CancellationToken cancellationToken) =>
        ApiKeyScheme.KeyOf(holder) is { } keyId
            ? keys.IsGoodAsync(keyId, cancellationToken)
            : accounts.IsOpenAsync(holder.FindFirstValue(ClaimTypes.NameIdentifier)!, cancellationToken);
}
