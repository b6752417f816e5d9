using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>A hash that no password matches, as costly to check as a real one.</summary>
internal sealed class NobodysPassword(IOptions<PasswordHasherOptions> options)
{
    public static Account Owner { get; } = new();

    public string Hash { get; } = new PasswordHasher<Account>(options)
        .HashPassword(Owner, RandomNumberGenerator.GetHexString(64));
}
