using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Runnel.Server.Auth.Sessions;

namespace Runnel.Server.Auth;

/// <summary>Makes bearer tokens and reads refresh tokens. The framework's handler reads access tokens. Thread-safe.</summary>
internal sealed class Tokens(IOptionsMonitor<BearerTokenOptions> options, TimeProvider time)
{
    private const string Scheme = "Bearer ";

    public TokenAnswer Issue(Session session)
    {
        var bearer = options.Get(IdentityConstants.BearerScheme);
        var access = bearer.BearerTokenProtector.Protect(Ticket(
            SessionClaims.Of(session, IdentityConstants.BearerScheme), bearer.BearerTokenExpiration));
        var refresh = bearer.RefreshTokenProtector.Protect(Ticket(
            SessionClaims.OfRefresh(session, IdentityConstants.BearerScheme), bearer.RefreshTokenExpiration));
        return new TokenAnswer(access, refresh, (long)bearer.BearerTokenExpiration.TotalSeconds, "Bearer");
    }

    /// <summary>What a refresh token says, or null when it is forged or has expired.</summary>
    public ClaimsPrincipal? Read(string refreshToken)
    {
        var ticket = options.Get(IdentityConstants.BearerScheme).RefreshTokenProtector.Unprotect(refreshToken);
        return ticket?.Properties.ExpiresUtc > time.GetUtcNow() ? ticket.Principal : null;
    }

    /// <summary>Whose access token a request has, even if it has expired; null when it is forged.</summary>
    public ClaimsPrincipal? ReadExpired(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? options.Get(IdentityConstants.BearerScheme).BearerTokenProtector.Unprotect(header[Scheme.Length..])?.Principal
            : null;
    }

    private AuthenticationTicket Ticket(ClaimsPrincipal principal, TimeSpan lifetime) =>
        new(principal,
            new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + lifetime },
            IdentityConstants.BearerScheme);
}
