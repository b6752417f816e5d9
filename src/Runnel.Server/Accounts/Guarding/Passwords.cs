using Microsoft.AspNetCore.Identity;
using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>Checks a password against its account or, so that it takes as long, against nobody's.</summary>
internal sealed class Passwords(
    UserManager<Account> users, IPasswordHasher<Account> hasher, NobodysPassword nobody)
{
    public async Task<PasswordCheck> VerifyAsync(string email, string password)
    {
        var user = await users.FindByEmailAsync(email);
        return await VerifyAsync(user is { ClosedAt: null } ? user : null, password);
    }

    public async Task<PasswordCheck> VerifyAsync(Account? user, string password)
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
