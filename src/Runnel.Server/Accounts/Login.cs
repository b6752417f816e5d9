using Microsoft.AspNetCore.Mvc;
using Runnel.Server.Accounts.Guarding;
using Runnel.Server.Auditing;
using Runnel.Server.Auth;
using Runnel.Server.Auth.Sessions;

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
        ILoginAttempts attempts,
        Passwords passwords,
        SignIns signIns,
        AuditLog audit)
    {
        // Counted before hashing, else guessing costs the server more than the guesser.
        var attempt = new LoginAttempt(credentials.EmailAddress, context.Connection.RemoteIpAddress);
        if (await attempts.BeginAsync(attempt, context.RequestAborted) is { } wait)
        {
            audit.SignInRefused(CallerName.AddressOf(context));
            return LoginAttempts.Refusal(wait);
        }

        var check = await passwords.VerifyAsync(credentials.EmailAddress, credentials.Secret, context.RequestAborted);
        if (!check.IsRight)
        {
            audit.SignInFailed(check.Account?.Id, CallerName.AddressOf(context));
            return SignIns.WrongCredentials();
        }

        await attempts.ForgiveAsync(attempt);
        return await signIns.BeginAsync(context, check.Account!, useCookies ?? false);
    }
}
