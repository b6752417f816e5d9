using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Runnel.Server.Accounts.Guarding;
using Runnel.Server.Configuration;
using Runnel.Server.Auth;
using Runnel.Server.Hosting;

namespace Runnel.Server.Accounts;

/// <summary>Makes an account and signs it in.</summary>
internal static class Register
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/auth/register", HandleAsync).Produces<TokenAnswer>().AllowAnonymous();

    private static async Task<IResult> HandleAsync(
        Credentials credentials,
        [FromQuery(Name = "use_cookies")] bool? useCookies,
        HttpContext http,
        IOptionsSnapshot<AuthOptions> auth,
        NewAccounts accounts,
        SignIns signIns)
    {
        if (!auth.Value.AllowRegistration)
            return Problems.Forbidden("registration_closed", "Ask the operator of this server for an account.");
        var email = credentials.EmailAddress;
        if (!EmailAddress.LooksLikeOne(email))
            return Problems.Invalid("invalid_email", "Give an e-mail address such as name@example.org.");
        if (!PasswordLength.IsEnough(credentials.Secret))
            return Problems.Invalid("weak_password", $"Choose a password of at least {PasswordLength.Least} characters.");
        return await accounts.TryCreateAsync(email, credentials.Secret, asAdministrator: false, http.RequestAborted) is { } user
            ? await signIns.BeginAsync(http, user, useCookies ?? false)
            : Problems.Conflict("email_taken", "There is an account with this e-mail address. Sign in instead.");
    }
}
