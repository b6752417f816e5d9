using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Runnel.Server.Accounts.Guarding;
using Runnel.Server.Auditing;
using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts;

/// <summary>Makes accounts. The first is its server's administrator.</summary>
internal sealed class NewAccounts(
    UserManager<Account> users, HashingPlaces places, RunnelDbContext database, IServerDatabase store, AuditLog audit)
{
    /// <summary>The account; null when there is one with this address. Address and password were checked.</summary>
    public async Task<Account?> TryCreateAsync(
        string email, string password, bool asAdministrator, CancellationToken cancellationToken)
    {
        var user = new Account { UserName = email, Email = email, IsAdministrator = asAdministrator };
        try
        {
            var result = await places.RunAsync(() => users.CreateAsync(user, password), cancellationToken);
            if (!result.Succeeded && !result.Errors.All(error => error.Code.StartsWith("Duplicate", StringComparison.Ordinal)))
                throw new InvalidOperationException("Identity refused what was checked before: " + result);
            if (!result.Succeeded)
                return null;
        }
        catch (DbUpdateException exception) when (store.IsRefusal(exception))
        {
            // Somebody else registered the same address between the look and the insert.
            return null;
        }

        // Whether it is the first is known to the database alone.
        await database.Entry(user).ReloadAsync(CancellationToken.None);
        audit.AccountMade(user.Id, user.IsAdministrator);
        return user;
    }
}
