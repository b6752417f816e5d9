using System.Globalization;
using System.Security.Claims;

namespace Runnel.Server.Auth.Sessions;

/// <summary>What stands in a cookie or token: whose it is and which session it belongs to, and nothing about the person.</summary>
internal static class SessionClaims
{
    /// <summary>The claim with the id of a session.</summary>
    public const string SessionId = "session";

    private const string RefreshNumber = "refresh";

    /// <summary>For a cookie or an access token.</summary>
    public static ClaimsPrincipal Of(Session session, string scheme) => new(Identity(session, scheme));

    /// <summary>For a refresh token.</summary>
    public static ClaimsPrincipal OfRefresh(Session session, string scheme)
    {
        var identity = Identity(session, scheme);
        identity.AddClaim(new Claim(RefreshNumber, session.RefreshNumber.ToString(CultureInfo.InvariantCulture)));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>The session that somebody signed in with; null for who came with something else, an API key say.</summary>
    public static string? SessionOf(ClaimsPrincipal? principal) => principal?.FindFirstValue(SessionId);

    /// <summary>The number of a refresh token; null for what is none.</summary>
    public static long? RefreshNumberOf(ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue(RefreshNumber), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static ClaimsIdentity Identity(Session session, string scheme) => new(
        [new Claim(ClaimTypes.NameIdentifier, session.UserId), new Claim(SessionId, session.SessionId)], scheme);
}
