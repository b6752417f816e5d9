using Microsoft.EntityFrameworkCore;
using Runnel.Server.Auth.Sessions;
using Runnel.Server.Persistence;

namespace Runnel.Server.Auth.Keys;

/// <summary>The keys of users: makes, finds and revokes them.</summary>
internal sealed class ApiKeys(RunnelDbContext database, KnownKeys known, SignedIn sessions, TimeProvider time)
{
    /// <summary>The most that one user may have at once.</summary>
    public const int MostPerUser = 100;

    private static readonly TimeSpan SeenWithin = TimeSpan.FromMinutes(10);

    public IQueryable<ApiKey> Of(string userId) =>
        database.Set<ApiKey>().AsNoTracking().Where(key => key.UserId == userId && key.RevokedAt == null);

    /// <summary>The row of a new key; null when the user has too many.</summary>
    public async Task<ApiKey?> TryMakeAsync(string userId, string name, string key, CancellationToken cancellationToken)
    {
        var row = new ApiKey
        {
            KeyId = Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
            UserId = userId,
            Name = name,
            KeyHash = ApiKeyText.HashOf(key),
            Hint = ApiKeyText.HintOf(key),
            MadeAt = time.GetUtcNow(),
        };
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await OneAfterAnother.ForUserAsync(database, userId, cancellationToken);
        var made = await database.Database.ExecuteSqlAsync(
            $"""
            insert into api_keys (key_id, user_id, name, key_hash, hint, made_at)
            select {row.KeyId}, {userId}, {name}, {row.KeyHash}, {row.Hint}, {UtcText.Write(row.MadeAt)}
            where (select count(*) from api_keys where user_id = {userId} and revoked_at is null) < {MostPerUser}
              and exists (select 1 from users where id = {userId} and closed_at is null)
            """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return made == 1 ? row : null;
    }

    /// <summary>The key that a request came with; null when there is none like it that is good: as it was at most five seconds
    /// ago, and at once when this process revoked it.</summary>
    public async Task<ApiKey?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var hash = ApiKeyText.HashOf(key);
        var row = known.Find(hash) ?? await ReadAsync(hash, cancellationToken);
        return row is null || sessions.HasKnownEnd(row.KeyId) ? null : row;
    }

    /// <summary>Whether a key goes on.</summary>
    public Task<bool> IsGoodAsync(string keyId, CancellationToken cancellationToken) =>
        database.Set<ApiKey>().AnyAsync(key => key.KeyId == keyId && key.RevokedAt == null, cancellationToken);

    /// <summary>Ends a key, and the streams that it opened; false when the user has none of that id.</summary>
    public async Task<bool> RevokeAsync(string userId, string keyId, CancellationToken cancellationToken)
    {
        var revoked = await database.Database.ExecuteSqlAsync(
            $"""
            update api_keys set revoked_at = {UtcText.Write(time.GetUtcNow())}
            where key_id = {keyId} and user_id = {userId} and revoked_at is null
            """,
            cancellationToken);
        if (revoked == 1)
            sessions.HasEnded(keyId);
        return revoked == 1;
    }

    /// <summary>Ends all keys of a user.</summary>
    public async Task RevokeAllAsync(string userId, CancellationToken cancellationToken)
    {
        foreach (var keyId in await Of(userId).Select(key => key.KeyId).ToListAsync(cancellationToken))
            await RevokeAsync(userId, keyId, cancellationToken);
    }

    private async Task<ApiKey?> ReadAsync(string hash, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var row = await database.Set<ApiKey>().AsNoTracking()
            .FirstOrDefaultAsync(one => one.KeyHash == hash && one.RevokedAt == null, cancellationToken);
        if (row is not null && (row.SeenAt ?? DateTimeOffset.MinValue) + SeenWithin <= time.GetUtcNow())
            await NoteSeenAsync(row.KeyId, cancellationToken);
        if (row is not null)
            known.Take(row, now);
        return row;
    }

    private Task<int> NoteSeenAsync(string keyId, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"update api_keys set seen_at = {UtcText.Write(time.GetUtcNow())} where key_id = {keyId}", cancellationToken);
}
