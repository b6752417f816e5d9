using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>Real hashing that counts how often a password was checked.</summary>
public sealed class CountingHasher : IPasswordHasher<IdentityUser>
{
    private readonly PasswordHasher<IdentityUser> _hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));

    private int _checks;

    public int Checks => _checks;

    public string HashPassword(IdentityUser user, string password) => _hasher.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(
        IdentityUser user, string hashedPassword, string providedPassword)
    {
        Interlocked.Increment(ref _checks);
        return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
