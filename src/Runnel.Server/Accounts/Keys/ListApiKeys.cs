using Microsoft.EntityFrameworkCore;
using Runnel.Server.Auth;
using Runnel.Server.Auth.Keys;

namespace Runnel.Server.Accounts.Keys;

/// <summary><c>GET /auth/api-keys</c>: the caller's keys that are good, the newest first; not the keys themselves.</summary>
internal static class ListApiKeys
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/auth/api-keys", HandleAsync);

    internal sealed record KeyList(IReadOnlyList<KeyItem> Items);

    internal sealed record KeyItem(
        string KeyId, string Name, string Hint, DateTimeOffset CreatedAt, DateTimeOffset? SeenAt);

    private static async Task<IResult> HandleAsync(CurrentUser user, ApiKeys keys, CancellationToken cancellationToken)
    {
        var rows = await keys.Of(user.Id).OrderByDescending(key => key.MadeAt).ThenByDescending(key => key.KeyId)
            .ToListAsync(cancellationToken);
        return Results.Ok(new KeyList(
            rows.ConvertAll(key => new KeyItem(key.KeyId, key.Name, key.Hint, key.MadeAt, key.SeenAt))));
    }
}
