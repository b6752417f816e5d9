using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Runnel.Server.Auth.Keys;

/// <summary>Lets in who comes with <c>Authorization: Bearer rk_…</c>.</summary>
internal sealed class ApiKeyScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "api-key";

    /// <summary>The claim with the id of a key.</summary>
    public const string KeyId = "key";

    private const string Bearer = "Bearer ";

    /// <summary>The key that somebody came with; null for who came with something else.</summary>
    public static string? KeyOf(ClaimsPrincipal? principal) => principal?.FindFirstValue(KeyId);

    /// <summary>The key in a header, or null when it has something else.</summary>
    public static string? KeyIn(string? authorization) =>
        authorization?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) == true
        && ApiKeyText.LooksLikeOne(authorization.AsSpan(Bearer.Length))
            ? authorization[Bearer.Length..]
            : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyIn(Request.Headers.Authorization) is not { } text)
            return AuthenticateResult.NoResult();
        if (await keys.FindAsync(text, Context.RequestAborted) is not { } key)
            return AuthenticateResult.Fail("There is no such key.");
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, key.UserId), new(KeyId, key.KeyId)], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }
}
