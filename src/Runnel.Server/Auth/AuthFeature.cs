using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Runnel.Server.Auth.External;
using Runnel.Server.Auth.Keys;
using Runnel.Server.Auth.Sessions;
using Runnel.Server.Auth.Tickets;
using Runnel.Server.Configuration;
using Runnel.Server.Gates;

namespace Runnel.Server.Auth;

/// <summary>How a request proves whose it is: a bearer token, the cookie of a browser, or the ticket of a stream.</summary>
internal static class AuthFeature
{
    private const string EitherScheme = "runnel";

    public static void AddAuth(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Tokens>();
        services.AddSingleton<KnownSessions>();
        services.AddSingleton<SessionEnds>();
        services.AddSingleton<SignedIn>();
        services.AddHostedService<EndsElsewhere>();
        services.AddScoped<SessionRotation>();
        services.AddSingleton<KnownKeys>();
        services.AddScoped<ApiKeys>();
        services.AddScoped<ExternalAccounts>();
        services.AddScoped<TicketBond>();
        services.AddSingleton<StreamTickets>();
        services.AddSingleton<TicketCookie>();
        services.AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, displayName: null, options => options.ForwardDefaultSelector = SchemeOf)
            .AddBearerToken(IdentityConstants.BearerScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, Configure)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyScheme>(ApiKeyScheme.Name, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, TicketScheme>(TicketScheme.Name, configureOptions: null)
            .AddExternalIssuer(ConfiguredOptions.Read<JwtOptions>(builder.Configuration, "Auth:Jwt"));
        services.AddOptions<BearerTokenOptions>(IdentityConstants.BearerScheme).Configure<IOptions<AuthOptions>>(
            (bearer, auth) => (bearer.BearerTokenExpiration, bearer.RefreshTokenExpiration) =
                (auth.Value.AccessToken, SignedIn.Lifetime));
        // What says nothing about authorisation needs a user; only AllowAnonymous opens it.
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    public static void UseAuth(this WebApplication app)
    {
        app.UseSameOrigin();
        app.UseAuthentication();
        app.UseSessionCheck();
        app.UseRequestLimit();
        app.UseAuthorization();
    }

    private static string SchemeOf(HttpContext context)
    {
        if (!SameOrigin.HasAuthorization(context.Request))
            return TicketScheme.IsFor(context) ? TicketScheme.Name : IdentityConstants.ApplicationScheme;
        var header = context.Request.Headers.Authorization.ToString();
        if (ApiKeyScheme.KeyIn(header) is not null)
            return ApiKeyScheme.Name;
        var options = context.RequestServices.GetRequiredService<IOptions<JwtOptions>>().Value;
        return options.IsConfigured && ExternalIssuer.IsMeant(header) ? ExternalIssuer.Scheme : IdentityConstants.BearerScheme;
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = SameOrigin.CookieName;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = SignedIn.Lifetime;
        options.SlidingExpiration = true;
        options.Events = new CookieAuthenticationEvents
        {
            OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized),
            OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden),
        };
    }

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
