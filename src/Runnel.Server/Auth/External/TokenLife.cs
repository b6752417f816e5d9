using Microsoft.IdentityModel.Tokens;

namespace Runnel.Server.Auth.External;

/// <summary>Whether it is the time of a token: by the clock that all servers share, and not by the machine's.</summary>
internal static class TokenLife
{
    public static LifetimeValidator By(TimeProvider time) => (from, until, _, parameters) =>
        until + parameters.ClockSkew > time.GetUtcNow().UtcDateTime
        && (from is null || from - parameters.ClockSkew <= time.GetUtcNow().UtcDateTime);
}
