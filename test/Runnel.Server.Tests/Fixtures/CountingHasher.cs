using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Runnel.Server.Persistence;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>Real hashing that counts how often a password was checked.</summary>
internal sealed class CountingHasher : IPasswordHasher<Account>
{
    private readonly PasswordHasher<Account> _hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));

    private int _checks;

    public int Checks => _checks;

    public string HashPassword(Account user, string password) => _hasher.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(
        Account user, string hashedPassword, string providedPassword)
    {
        Interlocked.Increment(ref _checks);
        return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
