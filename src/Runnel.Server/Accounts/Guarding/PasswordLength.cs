using Microsoft.AspNetCore.Identity;
using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>Length is all that NIST SP 800-63B asks of a password. Identity's own validator also refuses blanks.</summary>
internal sealed class PasswordLength : IPasswordValidator<Account>
{
    public const int Least = 8;

    public static bool IsEnough(string? password) => password?.Length >= Least;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(IsEnough(password)
            ? IdentityResult.Success
            : IdentityResult.Failed(manager.ErrorDescriber.PasswordTooShort(Least)));
}
