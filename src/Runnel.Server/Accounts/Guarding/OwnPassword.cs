using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Runnel.Server.Auditing;
using Runnel.Server.Auth.Sessions;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>Asks somebody who is signed in for their password again, and counts wrong ones as failed sign-ins: who found an open
/// browser is not its owner.</summary>
internal sealed class OwnPassword(
    UserManager<Account> users, Passwords passwords, ILoginAttempts attempts, AuditLog audit)
{
    /// <summary>The account, or why not.</summary>
    /// <param name="http">The request of somebody who is signed in.</param>
    /// <param name="password">What they gave.</param>
    /// <param name="mayHaveNone">Whether an account that has no password needs none: another issuer vouches for its owner.</param>
    public async Task<(Account? User, Problem? Refused)> VerifyAsync(HttpContext http, string? password, bool mayHaveNone = false)
    {
        if (await users.FindByIdAsync(http.User.FindFirstValue(ClaimTypes.NameIdentifier)!) is not { ClosedAt: null } user)
            return (null, Problems.ForStatus(StatusCodes.Status401Unauthorized));
        if (user.PasswordHash is null && mayHaveNone)
            return (user, null);
        if (user.PasswordHash is null)
            return (null, Problems.Conflict("no_password", "This account has no password: its owner signs in elsewhere."));
        var attempt = new LoginAttempt(user.Email ?? "", http.Connection.RemoteIpAddress);
        if (await attempts.BeginAsync(attempt, http.RequestAborted) is { } wait)
            return (null, LoginAttempts.Refusal(wait));
        if (!(await passwords.VerifyAsync(user, password ?? "", http.RequestAborted)).IsRight)
        {
            audit.SignInFailed(user.Id, CallerName.AddressOf(http));
            return (null, Problems.Invalid("wrong_password", "The current password is another."));
        }

        await attempts.ForgiveAsync(attempt);
        return (user, null);
    }
}
