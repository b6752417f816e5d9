using Runnel.Server.Accounts.Guarding;
using Runnel.Server.Auditing;
using Runnel.Server.Auth;
using Runnel.Server.Auth.Sessions;
using Runnel.Server.Hosting;

namespace Runnel.Server.Accounts;

/// <summary><c>POST /auth/password</c>: all other sessions end; this one goes on, with a new cookie or new tokens.</summary>
internal static class ChangePassword
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/auth/password", HandleAsync);

    internal sealed record PasswordChange(string? CurrentPassword, string? NewPassword);

    private static async Task<IResult> HandleAsync(
        PasswordChange? request,
        HttpContext http,
        OwnPassword own,
        Passwords passwords,
        SignedIn sessions,
        SessionRotation rotation,
        SignIns signIns,
        AuditLog audit)
    {
        if (!PasswordLength.IsEnough(request?.NewPassword))
            return Problems.Invalid("weak_password", $"Choose a password of at least {PasswordLength.Least} characters.");
        var (user, refused) = await own.VerifyAsync(http, request!.CurrentPassword);
        if (user is null)
            return refused!;
        if (!await passwords.TryChangeAsync(user, request.CurrentPassword!, request.NewPassword!, http.RequestAborted))
            return Problems.Conflict("account_changed", "The account was changed at the same time. Try again.");
        var current = SessionClaims.SessionOf(http.User)!;
        audit.PasswordChanged(user.Id, await sessions.EndAllAsync(user.Id, except: current, CancellationToken.None));
        return await rotation.AdvanceAsync(current, CancellationToken.None) is { } session
            ? await signIns.AnswerAsync(http, user, session, useCookies: !SameOrigin.HasAuthorization(http.Request))
            : Problems.ForStatus(StatusCodes.Status401Unauthorized);
    }
}
