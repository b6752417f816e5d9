using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.Auth.Sessions;

/// <summary>Who is signed in. Begins sessions, answers whether one is valid, and ends them. Thread-safe.</summary>
internal sealed class SignedIn(IServiceScopeFactory scopes, KnownSessions known, SessionEnds ends, TimeProvider time)
{
    /// <summary>Is told what has ended, by <see cref="HasEnded"/>: other servers must know. Set once.</summary>
    public Action<string>? Ended { get; set; }

    /// <summary>How long a session lives that is not used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>How exact <see cref="Session.SeenAt"/> is: noting it for every request would make each of them a write.</summary>
    private static readonly TimeSpan SeenWithin = TimeSpan.FromMinutes(10);

    /// <summary>Begins a session. Null when the account has changed since its password was checked.</summary>
    public async Task<Session?> BeginAsync(Account user, string client, string address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = new Session
        {
            SessionId = Guid.NewGuid().ToString("N"),
            UserId = user.Id,
            MadeAt = now,
            SeenAt = now,
            ExpiresAt = now + Lifetime,
            Client = client,
            Address = address,
        };
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database;
        var nowText = UtcText.Write(now);
        await database.ExecuteSqlAsync(
            $"delete from sessions where user_id = {user.Id} and (expires_at <= {nowText} or revoked_at is not null)",
            cancellationToken);
        var begun = await database.ExecuteSqlAsync(
            $"""
            insert into sessions (session_id, user_id, made_at, seen_at, expires_at, client, address)
            select {session.SessionId}, id, {nowText}, {nowText}, {UtcText.Write(session.ExpiresAt)}, {client}, {address}
            from users where id = {user.Id} and security_stamp = {user.SecurityStamp} and closed_at is null
            """,
            cancellationToken);
        return begun == 1 ? session : null;
    }

    /// <summary>Whether a session goes on: as it was at most five seconds ago, and at once when this process, or one that told
    /// it, ended it.</summary>
    public async ValueTask<bool> IsValidAsync(string sessionId, CancellationToken cancellationToken)
    {
        var session = known.Find(sessionId) ?? await ReadAsync(sessionId, cancellationToken);
        return !session.HasEnded && session.ExpiresAt > time.GetUtcNow();
    }

    /// <summary>Watches a session that was valid a moment ago.</summary>
    public SessionWatch Watch(string sessionId)
    {
        var watch = ends.Watch(sessionId);
        // It may have ended before there was anybody to tell.
        if (HasKnownEnd(sessionId))
            watch.End();
        return watch;
    }

    /// <summary>Whether this process ended a session or a key in the last seconds, whatever was read meanwhile.</summary>
    public bool HasKnownEnd(string id) => known.Find(id) is { HasEnded: true };

    /// <summary>What somebody watches just now: sessions, keys, users.</summary>
    public IReadOnlyList<string> Watched => ends.Watched;

    /// <summary>Ends a session of a user; false when they have none of that id that has not ended.</summary>
    public async Task<bool> EndAsync(string userId, string sessionId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var ended = await scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database.ExecuteSqlAsync(
            $"""
            update sessions set revoked_at = {UtcText.Write(time.GetUtcNow())}
            where session_id = {sessionId} and user_id = {userId} and revoked_at is null
            """,
            cancellationToken);
        if (ended == 0)
            return false;
        HasEnded(sessionId);
        return true;
    }

    /// <summary>Ends all sessions of a user, but one perhaps; how many.</summary>
    public async Task<int> EndAllAsync(string userId, string? except, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>().Database;
        // In one transaction, so that none begins between the look and the end.
        await using var transaction = await database.BeginTransactionAsync(cancellationToken);
        var ids = await database.SqlQuery<string>(
            $"""
            select session_id as "Value" from sessions
            where user_id = {userId} and revoked_at is null and session_id <> {except ?? ""}
            """).ToListAsync(cancellationToken);
        await database.ExecuteSqlAsync(
            $"""
            update sessions set revoked_at = {UtcText.Write(time.GetUtcNow())}
            where user_id = {userId} and revoked_at is null and session_id <> {except ?? ""}
            """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        ids.ForEach(HasEnded);
        return ids.Count;
    }

    /// <summary>Ends at once what depends on a session, a key, or a user, at all servers. Their rows say so already.</summary>
    public void HasEnded(string sessionId)
    {
        HasEndedElsewhere(sessionId);
        Ended?.Invoke(sessionId);
    }

    /// <summary>As <see cref="HasEnded"/>, where other servers know it.</summary>
    public void HasEndedElsewhere(string sessionId)
    {
        known.End(sessionId);
        ends.End(sessionId);
    }

    private async Task<KnownSession> ReadAsync(string sessionId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        var row = await database.Set<Session>().AsNoTracking()
            .FirstOrDefaultAsync(session => session.SessionId == sessionId, cancellationToken);
        var session = known.Take(sessionId, row);
        var now = time.GetUtcNow();
        if (!session.HasEnded && session.ExpiresAt > now && session.SeenAt + SeenWithin <= now)
            await NoteSeenAsync(database, sessionId, now, cancellationToken);
        return session;
    }

    /// <summary>Whoever uses a session keeps it.</summary>
    private static async Task NoteSeenAsync(
        RunnelDbContext database, string sessionId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.Database.ExecuteSqlAsync(
            $"""
            update sessions set seen_at = {UtcText.Write(now)}, expires_at = {UtcText.Write(now + Lifetime)}
            where session_id = {sessionId} and revoked_at is null
            """,
            cancellationToken);
}
