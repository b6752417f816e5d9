using Microsoft.EntityFrameworkCore;
using Runnel.Server.Auditing;
using Runnel.Server.Auth.Keys;
using Runnel.Server.Auth.Sessions;
using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts.Closing;

/// <summary>Closes an account, for good: whatever lets its owner in ends, with the streams that it opened.</summary>
internal sealed class AccountEnd(
    RunnelDbContext database, SignedIn sessions, ApiKeys keys, TimeProvider time, AuditLog audit)
{
    public async Task CloseAsync(string userId)
    {
        var now = UtcText.Write(time.GetUtcNow());
        // Again when an earlier process did not come to the end; that was told then.
        if (await database.Database.ExecuteSqlAsync(
            $"update users set closed_at = {now} where id = {userId} and closed_at is null") == 1)
            audit.AccountClosed(userId);
        await sessions.EndAllAsync(userId, except: null, CancellationToken.None);
        await keys.RevokeAllAsync(userId, CancellationToken.None);
        // Who comes with a token of another issuer has neither.
        sessions.HasEnded(userId);
    }
}
