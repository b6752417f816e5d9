using System.Net.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Runnel.Server.Accounts.Guarding;
using Runnel.Server.Configuration;
using Runnel.Server.Hosting;

namespace Runnel.Server.Accounts;

/// <summary>Makes an account and signs it in.</summary>
internal static class Register
{
    private const int EmailCharacters = 254;
    private const int SqliteConstraint = 19;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/auth/register", HandleAsync).AllowAnonymous();

    private static async Task<IResult> HandleAsync(
        Credentials credentials,
        [FromQuery(Name = "use_cookies")] bool? useCookies,
        IOptionsSnapshot<AuthOptions> auth,
        UserManager<IdentityUser> users,
        SignIns signIns)
    {
        if (!auth.Value.AllowRegistration)
            return Problems.Forbidden("registration_closed", "Ask the operator of this server for an account.");
        var email = credentials.EmailAddress;
        if (!LooksLikeEmail(email))
            return Problems.Invalid("invalid_email", "Give an e-mail address such as name@example.org.");
        if (!PasswordLength.IsEnough(credentials.Secret))
            return Problems.Invalid("weak_password", $"Choose a password of at least {PasswordLength.Least} characters.");
        var user = new IdentityUser(email) { Email = email };
        return await TryCreateAsync(users, user, credentials.Secret)
            ? await signIns.AnswerAsync(user, useCookies ?? false)
            : Problems.Conflict("email_taken", "There is an account with this e-mail address. Sign in instead.");
    }

    private static async Task<bool> TryCreateAsync(
        UserManager<IdentityUser> users, IdentityUser user, string password)
    {
        try
        {
            var result = await users.CreateAsync(user, password);
            if (!result.Succeeded && !result.Errors.All(error => error.Code.StartsWith("Duplicate", StringComparison.Ordinal)))
                throw new InvalidOperationException("Identity refused what was checked before: " + result);
            return result.Succeeded;
        }
        catch (DbUpdateException exception)
            when (exception.InnerException is SqliteException { SqliteErrorCode: SqliteConstraint })
        {
            // Somebody else registered the same address between the look and the insert.
            return false;
        }
    }

    private static bool LooksLikeEmail(string text) =>
        text.Length is > 0 and <= EmailCharacters
        && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text;
}
