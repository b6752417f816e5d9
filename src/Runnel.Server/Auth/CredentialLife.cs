using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Runnel.Server.Auth.Keys;
using Runnel.Server.Auth.Sessions;

namespace Runnel.Server.Auth;

/// <summary>How long what a request came with is good: an answer that goes on for longer than a moment ends with it. Dispose it
/// with the answer.</summary>
internal sealed class CredentialLife : IDisposable
{
    private readonly SessionWatch _watch;
    private readonly TimeProvider _time;

    private CredentialLife(SessionWatch watch, DateTimeOffset? expiresAt, TimeProvider time) =>
        (_watch, ExpiresAt, _time) = (watch, expiresAt, time);

    /// <summary>Cancelled when somebody has ended it before its time.</summary>
    public CancellationToken Ended => _watch.Ended;

    /// <summary>When its time is over; null when it has none.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>Of a request that authorisation let pass.</summary>
    public static CredentialLife Of(HttpContext http)
    {
        var expiresAt = ExpiryOf(http);
        var id = SessionClaims.SessionOf(http.User)
            ?? ApiKeyScheme.KeyOf(http.User)
            ?? http.User.FindFirstValue(ClaimTypes.NameIdentifier)!;
        var services = http.RequestServices;
        return new CredentialLife(
            services.GetRequiredService<SignedIn>().Watch(id), expiresAt, services.GetRequiredService<TimeProvider>());
    }

    /// <summary>When what a request came with expires; null for never.</summary>
    public static DateTimeOffset? ExpiryOf(HttpContext http) =>
        http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;

    /// <summary>A time to wait, or what is left of its life.</summary>
    public TimeSpan Within(TimeSpan wait)
    {
        var left = ExpiresAt - _time.GetUtcNow() ?? wait;
        return left < wait ? TimeSpan.FromTicks(Math.Max(0, left.Ticks)) : wait;
    }

    public void Dispose() => _watch.Dispose();
}
