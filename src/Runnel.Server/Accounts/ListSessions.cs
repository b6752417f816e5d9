using Microsoft.EntityFrameworkCore;
using Runnel.Server.Auth;
using Runnel.Server.Auth.Sessions;
using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts;

/// <summary><c>GET /auth/sessions</c>: where the caller is signed in, what was used last first.</summary>
internal static class ListSessions
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/auth/sessions", HandleAsync).Produces<SessionList>();

    internal sealed record SessionList(IReadOnlyList<SessionItem> Items);

    internal sealed record SessionItem(
        string SessionId,
        DateTimeOffset CreatedAt,
        DateTimeOffset SeenAt,
        DateTimeOffset ExpiresAt,
        string Client,
        string Address,
        bool IsCurrent);

    private static async Task<IResult> HandleAsync(
        HttpContext http, CurrentUser user, RunnelDbContext database, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var current = SessionClaims.SessionOf(http.User);
        var sessions = await database.Set<Session>().AsNoTracking()
            .Where(row => row.UserId == user.Id && row.RevokedAt == null && row.ExpiresAt > now)
            .OrderByDescending(row => row.SeenAt).ThenByDescending(row => row.MadeAt).ThenBy(row => row.SessionId)
            .Take(Most)
            .ToListAsync(cancellationToken);
        return Results.Ok(new SessionList(sessions.ConvertAll(row => new SessionItem(
            row.SessionId, row.MadeAt, row.SeenAt, row.ExpiresAt, row.Client, row.Address, row.SessionId == current))));
    }
}
