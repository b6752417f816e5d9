using Microsoft.AspNetCore.Mvc;
using Runnel.Server.Accounts.Guarding;
using Runnel.Server.Auth;
using Runnel.Server.Hosting;

namespace Runnel.Server.Accounts;

/// <summary>Signs in. An unknown address and a wrong password get the same answer after the same work.</summary>
internal static class Login
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/auth/login", HandleAsync).Produces<TokenAnswer>().AllowAnonymous();

    private static async Task<IResult> HandleAsync(
        Credentials credentials,
        [FromQuery(Name = "use_cookies")] bool? useCookies,
        HttpContext context,
        LoginAttempts attempts,
        Passwords passwords,
        SignIns signIns)
    {
        // Counted before hashing, else guessing costs the server more than the guesser.
        var attempt = new LoginAttempt(credentials.EmailAddress, context.Connection.RemoteIpAddress);
        if (attempts.Begin(attempt) is { } wait)
        {
            return Problems.TooMany(
                "too_many_attempts", "Too many failed attempts to sign in. Wait, then try again.", wait);
        }

        if (await passwords.VerifyAsync(credentials.EmailAddress, credentials.Secret) is not { } user)
            return SignIns.WrongCredentials();
        attempts.Forgive(attempt);
        return await signIns.BeginAsync(context, user, useCookies ?? false);
    }
}
