using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Runnel.Server.Auditing;
using Runnel.Server.Auth;
using Runnel.Server.Auth.Sessions;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts;

/// <summary>What somebody gets who has shown who they are: a session, and the cookie if they asked for it, else tokens.</summary>
internal sealed class SignIns(SignedIn sessions, Tokens tokens, AuditLog audit)
{
    public async Task<IResult> BeginAsync(HttpContext http, Account user, bool useCookies)
    {
        var session = await sessions.BeginAsync(
            user, CallerName.ClientOf(http.Request), CallerName.AddressOf(http), http.RequestAborted);
        if (session is null)
            return WrongCredentials();
        audit.SignedIn(user.Id, session.SessionId, session.Address);
        return await AnswerAsync(http, user, session, useCookies);
    }

    /// <summary>The same for a session that goes on.</summary>
    public async Task<IResult> AnswerAsync(HttpContext http, Account user, Session session, bool useCookies)
    {
        if (!useCookies)
            return Results.Ok(tokens.Issue(session));
        await http.SignInAsync(
            IdentityConstants.ApplicationScheme,
            SessionClaims.Of(session, IdentityConstants.ApplicationScheme),
            new AuthenticationProperties { IsPersistent = true });
        return Results.Ok(UserAnswer.Of(user));
    }

    public static Problem WrongCredentials() =>
        Problems.Unauthorized("wrong_credentials", "Check the e-mail address and the password.");
}
