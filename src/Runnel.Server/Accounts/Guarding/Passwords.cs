using Microsoft.AspNetCore.Identity;
using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>Checks a password against its account or, so that it takes as long, against nobody's; and changes it.</summary>
internal sealed class Passwords(
    UserManager<Account> users, IPasswordHasher<Account> hasher, NobodysPassword nobody, HashingPlaces places)
{
    public async Task<PasswordCheck> VerifyAsync(string email, string password, CancellationToken cancellationToken)
    {
        var user = await users.FindByEmailAsync(email);
        return await VerifyAsync(user is { ClosedAt: null } ? user : null, password, cancellationToken);
    }

    public Task<PasswordCheck> VerifyAsync(Account? user, string password, CancellationToken cancellationToken) =>
        places.RunAsync(() => CheckAsync(user, password), cancellationToken);

    /// <summary>False when the account was changed at the same time. The passwords were checked.</summary>
    public async Task<bool> TryChangeAsync(Account user, string current, string next, CancellationToken cancellationToken) =>
        (await places.RunAsync(() => users.ChangePasswordAsync(user, current, next), cancellationToken)).Succeeded;

    private async Task<PasswordCheck> CheckAsync(Account? user, string password)
    {
        var hash = user?.PasswordHash ?? nobody.Hash;
        var result = hasher.VerifyHashedPassword(user ?? NobodysPassword.Owner, hash, password);
        if (result == PasswordVerificationResult.Failed || user?.PasswordHash is null)
            return new PasswordCheck(user, IsRight: false);
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
            await users.CheckPasswordAsync(user, password);
        return new PasswordCheck(user, IsRight: true);
    }
}
