using Microsoft.AspNetCore.Identity;
using Runnel.Server.Auth;

namespace Runnel.Server.Accounts;

/// <summary>What somebody gets who has shown who they are: the cookie if they asked for it, else tokens.</summary>
internal sealed class SignIns(SignInManager<IdentityUser> signIn, Tokens tokens)
{
    public async Task<IResult> AnswerAsync(IdentityUser user, bool useCookies)
    {
        if (!useCookies)
            return Results.Ok(tokens.Issue(await signIn.CreateUserPrincipalAsync(user)));
        await signIn.SignInAsync(user, isPersistent: true);
        return Results.Ok(UserAnswer.Of(user));
    }
}
