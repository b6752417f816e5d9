using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;
using Runnel.Server.Configuration;

namespace Runnel.Server.Auth.External;

/// <summary>Lets in who comes with a JWT of the configured OpenID provider, as the local account of its issuer and subject.</summary>
internal static partial class ExternalIssuer
{
    public const string Scheme = "external";

    private const int MostSubjectCharacters = 255;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    // Of keys that nobody but the issuer has; a secret that both know could be the text of a public key.
    private static readonly string[] Algorithms =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public static AuthenticationBuilder AddExternalIssuer(
        this AuthenticationBuilder authentication, JwtOptions options)
    {
        options.Check();
        if (!options.IsConfigured)
            return authentication;
        authentication.Services.AddOptions<JwtBearerOptions>(Scheme)
            .Configure<TimeProvider>((jwt, time) => Configure(jwt, options, time));
        return authentication.AddJwtBearer(Scheme);
    }

    /// <summary>Whether the header has a JWT: three parts with dots between them. Tokens of our own have one.</summary>
    public static bool IsMeant(string? authorization) => authorization?.Count(character => character == '.') == 2;

    private static void Configure(JwtBearerOptions jwt, JwtOptions options, TimeProvider time)
    {
        jwt.Authority = options.Authority;
        jwt.RequireHttpsMetadata = options.Authority!.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        jwt.MapInboundClaims = false;
        jwt.IncludeErrorDetails = false;
        jwt.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = options.Audience,
            ValidAlgorithms = Algorithms,
            ClockSkew = ClockSkew,
            LifetimeValidator = TokenLife.By(time),
        };
        jwt.Events = new JwtBearerEvents { OnTokenValidated = MapAsync, OnAuthenticationFailed = FailAsync };
    }

    private static async Task MapAsync(TokenValidatedContext context)
    {
        var (issuer, subject) = (context.Principal?.FindFirstValue("iss"), context.Principal?.FindFirstValue("sub"));
        if (string.IsNullOrEmpty(issuer) || subject is not { Length: > 0 and <= MostSubjectCharacters })
        {
            context.Fail("The token does not say whose it is.");
            return;
        }

        var accounts = context.HttpContext.RequestServices.GetRequiredService<ExternalAccounts>();
        if (await accounts.FindOrMakeAsync(issuer, subject, context.HttpContext.RequestAborted) is { } userId)
            context.Principal = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, userId)], Scheme));
        else
            context.Fail("The account is being deleted.");
    }

    /// <summary>A token that is no good is one thing, a provider that does not answer another.</summary>
    private static async Task FailAsync(AuthenticationFailedContext context)
    {
        context.Fail(context.Exception);
        try
        {
            await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        }
        catch (InvalidOperationException exception)
        {
            var loggers = context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>();
            ProviderAway(loggers.CreateLogger(typeof(ExternalIssuer)), exception);
            throw new BadHttpRequestException("The issuer's keys cannot be read.", StatusCodes.Status503ServiceUnavailable);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The keys of Auth:Jwt:Authority cannot be read; its tokens cannot be checked.")]
    private static partial void ProviderAway(ILogger log, Exception exception);
}
