using System.Security.Claims;

namespace Runnel.Server.Auth;

/// <summary>
/// Who sends the request. A handler takes it as a parameter; it is never there without a user, since authorisation comes first.
/// </summary>
/// <param name="Id">What rows name as their owner.</param>
internal sealed record CurrentUser(string Id)
{
    public static CurrentUser Of(ClaimsPrincipal principal) =>
        new(principal.FindFirstValue(ClaimTypes.NameIdentifier)
            ?? throw new InvalidOperationException("The endpoint lets nobody in, but asks who it is."));

    /// <summary>Called by ASP.NET Core for parameters of this type.</summary>
    public static ValueTask<CurrentUser> BindAsync(HttpContext context) => new(Of(context.User));
}
