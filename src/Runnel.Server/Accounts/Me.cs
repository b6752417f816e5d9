using Microsoft.AspNetCore.Identity;
using Runnel.Server.Auth;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts;

/// <summary>Who the caller is.</summary>
internal static class Me
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/auth/me", HandleAsync).Produces<UserAnswer>();

    // A token outlives the account that it was made for.
    private static async Task<IResult> HandleAsync(CurrentUser caller, UserManager<Account> users) =>
        await users.FindByIdAsync(caller.Id) is { } user
            ? Results.Ok(UserAnswer.Of(user))
            : Problems.ForStatus(StatusCodes.Status401Unauthorized);
}
