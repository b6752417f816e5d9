using Microsoft.AspNetCore.Identity;
using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>Checks a password against its account or, so that it takes as long, against nobody's.</summary>
internal sealed class Passwords(
    UserManager<Account> users, IPasswordHasher<Account> hasher, NobodysPassword nobody)
{
    /// <returns>The account, or null when there is none or the password is another.</returns>
    public async Task<Account?> VerifyAsync(string email, string password)
    {
        var user = await users.FindByEmailAsync(email);
        var hash = user?.PasswordHash ?? nobody.Hash;
        var result = hasher.VerifyHashedPassword(user ?? NobodysPassword.Owner, hash, password);
        if (result == PasswordVerificationResult.Failed || user is not { PasswordHash: not null, ClosedAt: null })
            return null;
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
            await users.CheckPasswordAsync(user, password);
        return user;
    }
}
