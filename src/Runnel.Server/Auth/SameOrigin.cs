using Microsoft.Extensions.Primitives;
using Runnel.Server.Configuration;
using Runnel.Server.Hosting;

namespace Runnel.Server.Auth;

/// <summary>
/// A browser sends the cookie with whatever any page makes it send. So a request that changes something, and has the cookie or
/// asks for one, must show that it comes from our own pages, or from those that the operator allowed. A bearer token is proof
/// enough: no foreign page can add one.
/// </summary>
internal static class SameOrigin
{
    public const string CookieName = "runnel";

    public static void UseSameOrigin(this WebApplication app)
    {
        var allowed = app.Services.GetRequiredService<HttpOptions>().AllowedOrigins;
        app.Use((context, next) => NeedsProof(context.Request) && !HasProof(context.Request, allowed)
            ? Problems.Forbidden(
                "cross_site_request",
                "With the cookie, send the header Origin of this server's own pages, or use a bearer token.")
                .ExecuteAsync(context)
            : next(context));
    }

    public static bool HasAuthorization(HttpRequest request) =>
        !StringValues.IsNullOrEmpty(request.Headers.Authorization);

    private static bool NeedsProof(HttpRequest request) =>
        !IsSafe(request.Method)
        && !HasAuthorization(request)
        && (request.Cookies.ContainsKey(CookieName) || AsksForCookie(request));

    // Stricter than the binding of the endpoints: whatever they could take for "true" counts.
    private static bool AsksForCookie(HttpRequest request) =>
        request.Query["use_cookies"].Any(value => !string.Equals(value, "false", StringComparison.OrdinalIgnoreCase));

    private static bool HasProof(HttpRequest request, IReadOnlyList<string> allowed) =>
        request.Headers["Sec-Fetch-Site"] == "same-origin"
        || allowed.Contains(request.Headers.Origin.ToString())
        || string.Equals(
            request.Headers.Origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method)
        || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
}
