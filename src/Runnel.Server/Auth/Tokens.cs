using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Runnel.Server.Auth;

/// <summary>Makes bearer tokens and reads refresh tokens. The framework's handler reads access tokens. Thread-safe.</summary>
internal sealed class Tokens(IOptionsMonitor<BearerTokenOptions> options, TimeProvider time)
{
    public TokenAnswer Issue(ClaimsPrincipal principal)
    {
        var bearer = options.Get(IdentityConstants.BearerScheme);
        var access = bearer.BearerTokenProtector.Protect(Ticket(principal, bearer.BearerTokenExpiration));
        var refresh = bearer.RefreshTokenProtector.Protect(Ticket(principal, bearer.RefreshTokenExpiration));
        return new TokenAnswer(access, refresh, (long)bearer.BearerTokenExpiration.TotalSeconds, "Bearer");
    }

    /// <summary>Whose refresh token it is, or null when it is forged or has expired.</summary>
    public ClaimsPrincipal? Read(string refreshToken)
    {
        var ticket = options.Get(IdentityConstants.BearerScheme).RefreshTokenProtector.Unprotect(refreshToken);
        return ticket?.Properties.ExpiresUtc > time.GetUtcNow() ? ticket.Principal : null;
    }

    private AuthenticationTicket Ticket(ClaimsPrincipal principal, TimeSpan lifetime) =>
        new(principal,
            new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + lifetime },
            IdentityConstants.BearerScheme);
}
