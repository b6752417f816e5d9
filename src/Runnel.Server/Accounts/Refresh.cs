using Microsoft.AspNetCore.Identity;
using Runnel.Server.Auth;
using Runnel.Server.Hosting;

namespace Runnel.Server.Accounts;

/// <summary>New tokens for a refresh token whose account is still as it was when the token was made.</summary>
internal static class Refresh
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/auth/refresh", HandleAsync).AllowAnonymous();

    internal sealed record Request(string? RefreshToken);

    private static async Task<IResult> HandleAsync(
        Request request, Tokens tokens, SignInManager<IdentityUser> signIn, SignIns signIns)
    {
        var principal = tokens.Read(request.RefreshToken ?? "");
        return await signIn.ValidateSecurityStampAsync(principal) is { } user
            ? await signIns.AnswerAsync(user, useCookies: false)
            : Problems.Unauthorized("invalid_refresh_token", "The refresh token is wrong or has expired. Sign in again.");
    }
}
