using Microsoft.AspNetCore.Identity;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>Checks a password against its account or, so that it takes as long, against nobody's.</summary>
internal sealed class Passwords(
    UserManager<IdentityUser> users, IPasswordHasher<IdentityUser> hasher, NobodysPassword nobody)
{
    /// <returns>The account, or null when there is none or the password is another.</returns>
    public async Task<IdentityUser?> VerifyAsync(string email, string password)
    {
        var user = await users.FindByEmailAsync(email);
        var hash = user?.PasswordHash ?? nobody.Hash;
        var result = hasher.VerifyHashedPassword(user ?? NobodysPassword.Owner, hash, password);
        if (result == PasswordVerificationResult.Failed || user?.PasswordHash is null)
            return null;
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
            await users.CheckPasswordAsync(user, password);
        return user;
    }
}
