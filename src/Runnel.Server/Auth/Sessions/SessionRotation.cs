using Microsoft.EntityFrameworkCore;
using Runnel.Server.Auditing;
using Runnel.Server.Persistence;

namespace Runnel.Server.Auth.Sessions;

/// <summary>
/// A refresh token is good once. One that comes again was stolen, or the one that stole it was here before: the session ends
/// for both. Only for a few seconds is the last one taken again, since its answer may have been lost, or two windows may
/// have asked at once.
/// </summary>
internal sealed class SessionRotation(RunnelDbContext database, SignedIn sessions, TimeProvider time, AuditLog audit)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>The session, with the number of its next refresh token; null when the token is good no more.</summary>
    public async Task<Session?> RotateAsync(string sessionId, long number, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var nowText = UtcText.Write(now);
        await database.Database.ExecuteSqlAsync(
            $"""
            update sessions set refresh_number = refresh_number + 1, rotated_at = {nowText}, seen_at = {nowText},
              expires_at = {UtcText.Write(now + SignedIn.Lifetime)}
            where session_id = {sessionId} and refresh_number = {number} and revoked_at is null and expires_at > {nowText}
            """,
            cancellationToken);
        var session = await database.Set<Session>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.SessionId == sessionId, cancellationToken);
        if (session is null or { RevokedAt: not null } || session.ExpiresAt <= now)
            return null;
        if (number == session.RefreshNumber - 1 && now < session.RotatedAt + Grace)
            return session;
        await sessions.EndAsync(session.UserId, sessionId, cancellationToken);
        audit.RefreshTokenReused(session.UserId, sessionId);
        return null;
    }

    /// <summary>The next number without a token, for a session that goes on with new ones; null when it has ended.</summary>
    public async Task<Session?> AdvanceAsync(string sessionId, CancellationToken cancellationToken)
    {
        var session = await database.Set<Session>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.SessionId == sessionId, cancellationToken);
        return session is null ? null : await RotateAsync(sessionId, session.RefreshNumber, cancellationToken);
    }
}
