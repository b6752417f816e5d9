using Runnel.Server.Auditing;
using Runnel.Server.Auth;
using Runnel.Server.Auth.Keys;
using Runnel.Server.Hosting;

namespace Runnel.Server.Accounts.Keys;

/// <summary><c>POST /auth/api-keys</c>: a key for a program of the caller's, shown this once.</summary>
internal static class MakeApiKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/auth/api-keys", HandleAsync);

    internal sealed record NewKey(string? Name);

    internal sealed record MadeKey(string KeyId, string Name, string Key, string Hint, DateTimeOffset CreatedAt);

    private static async Task<IResult> HandleAsync(
        NewKey? request, CurrentUser user, ApiKeys keys, AuditLog audit, CancellationToken cancellationToken)
    {
        if (!ApiKeyName.TryRead(request?.Name, out var name))
            return Problems.Invalid("invalid_name", $"Give the key a name of 1 to {ApiKeyName.MostCharacters} characters.");
        var key = ApiKeyText.New();
        if (await keys.TryMakeAsync(user.Id, name, key, cancellationToken) is not { } row)
        {
            return Problems.Conflict(
                "too_many_api_keys", $"There are {ApiKeys.MostPerUser} keys already. Revoke those that nobody uses.");
        }

        audit.KeyMade(user.Id, row.KeyId);
        return Results.Json(
            new MadeKey(row.KeyId, name, key, row.Hint, row.MadeAt), statusCode: StatusCodes.Status201Created);
    }
}
