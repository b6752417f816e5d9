using Runnel.Server.Auth;
using Runnel.Server.Auth.Sessions;
using Runnel.Server.Hosting;

namespace Runnel.Server.Accounts;

/// <summary>New tokens for a refresh token, which is good once.</summary>
internal static class Refresh
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/auth/refresh", HandleAsync).Produces<TokenAnswer>().AllowAnonymous();

    internal sealed record Request(string? RefreshToken);

    private static async Task<IResult> HandleAsync(
        Request request, Tokens tokens, SessionRotation rotation, CancellationToken cancellationToken)
    {
        if (tokens.Read(request.RefreshToken ?? "") is { } principal
            && SessionClaims.SessionOf(principal) is { } sessionId
            && SessionClaims.RefreshNumberOf(principal) is { } number
            && await rotation.RotateAsync(sessionId, number, cancellationToken) is { } session)
            return Results.Ok(tokens.Issue(session));
        return Problems.Unauthorized("invalid_refresh_token", "The refresh token is wrong or has expired. Sign in again.");
    }
}
