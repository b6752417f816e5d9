using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Runnel.Server.Accounts.Closing;
using Runnel.Server.Accounts.Guarding;

namespace Runnel.Server.Accounts;

/// <summary><c>DELETE /auth/me</c>: the account and everything that is its owner's.</summary>
internal static class DeleteAccount
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/auth/me", HandleAsync);

    internal sealed record Farewell(string? Password);

    private static async Task<IResult> HandleAsync(
        [FromBody] Farewell? request, HttpContext http, OwnPassword own, AccountDeletion deletion)
    {
        var (user, refused) = await own.VerifyAsync(http, request?.Password, mayHaveNone: true);
        if (user is null)
            return refused!;
        await deletion.DeleteAsync(user.Id);
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return Results.NoContent();
    }
}
