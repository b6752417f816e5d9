using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>A hash that no password matches, as costly to check as a real one.</summary>
internal sealed class NobodysPassword(IOptions<PasswordHasherOptions> options)
{
    public static IdentityUser Owner { get; } = new();

    public string Hash { get; } = new PasswordHasher<IdentityUser>(options)
        .HashPassword(Owner, RandomNumberGenerator.GetHexString(64));
}
