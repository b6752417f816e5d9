using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Runnel.Server.Auditing;
using Runnel.Server.Persistence;

namespace Runnel.Server.Auth.External;

/// <summary>The local accounts of those whom another issuer vouches for. An account is made at first sight, without a password and
/// without an address: that it is the same as a local one's would be the issuer's word against its owner's.</summary>
internal sealed class ExternalAccounts(RunnelDbContext database, AuditLog audit)
{
    /// <summary>The account; null when it is being deleted.</summary>
    public async Task<string?> FindOrMakeAsync(string issuer, string subject, CancellationToken cancellationToken)
    {
        var known = await FindAsync(issuer, subject, cancellationToken);
        if (known is null)
        {
            await MakeAsync(issuer, subject, cancellationToken);
            known = await FindAsync(issuer, subject, cancellationToken);
        }

        return known is { ClosedAt: null } ? known.Id : null;
    }

    /// <summary>Whether an account is there and not being deleted.</summary>
    public Task<bool> IsOpenAsync(string userId, CancellationToken cancellationToken) =>
        database.Users.AnyAsync(user => user.Id == userId && user.ClosedAt == null, cancellationToken);

    private Task<Account?> FindAsync(string issuer, string subject, CancellationToken cancellationToken) => (
        from login in database.UserLogins
        join user in database.Users.AsNoTracking() on login.UserId equals user.Id
        where login.LoginProvider == issuer && login.ProviderKey == subject
        select user).FirstOrDefaultAsync(cancellationToken);

    private async Task MakeAsync(string issuer, string subject, CancellationToken cancellationToken)
    {
        var user = new Account();
        database.Add(user);
        database.Add(new IdentityUserLogin<string> { LoginProvider = issuer, ProviderKey = subject, UserId = user.Id });
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            await database.Entry(user).ReloadAsync(cancellationToken);
            audit.AccountMade(user.Id, user.IsAdministrator);
        }
        catch (DbUpdateException)
        {
            // Another request made it at the same time, or it is not there afterwards, and then the token lets nobody in.
            database.ChangeTracker.Clear();
        }
    }
}
