using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts;

/// <summary>What a page must know before anybody has signed in.</summary>
internal static class Setup
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/setup", HandleAsync).Produces<Response>().AllowAnonymous();

    internal sealed record Response(bool FirstRun, bool RegistrationOpen);

    private static async Task<IResult> HandleAsync(
        RunnelDbContext database, IOptionsSnapshot<AuthOptions> auth, CancellationToken cancellationToken) =>
        Results.Ok(new Response(
            FirstRun: !await database.Users.AnyAsync(cancellationToken),
            RegistrationOpen: auth.Value.AllowRegistration));
}
