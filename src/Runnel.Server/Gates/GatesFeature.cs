using Runnel.Server.Configuration;

namespace Runnel.Server.Gates;

/// <summary>What a request must pass before anybody looks at what it wants.</summary>
internal static class GatesFeature
{
    public static void AddGates(this WebApplicationBuilder builder)
    {
        var http = HttpOptions.Read(builder.Configuration);
        var limits = ConfiguredOptions.Read<LimitsOptions>(builder.Configuration, "Limits");
        builder.WebHost.ConfigureKestrel(kestrel => ConnectionLimit.Apply(kestrel, limits));
        builder.Services.AddSingleton(http);
        builder.Services.AddAllowedOrigins(http);
        builder.Services.AddTrustedProxies(http);
        builder.Services.AddSingleton<RequestLimit>();
    }

    /// <summary>Before everything that asks for an address or a scheme.</summary>
    public static void UseProxies(this WebApplication app) =>
        app.UseTrustedProxies(app.Services.GetRequiredService<HttpOptions>());

    /// <summary>Before routing, which would answer a preflight by itself.</summary>
    public static void UseGates(this WebApplication app)
    {
        app.UseCors();
        app.UseBodyLimit();
    }

    /// <summary>After authentication, since it counts per account.</summary>
    public static void UseRequestLimit(this WebApplication app)
    {
        var limit = app.Services.GetRequiredService<RequestLimit>();
        app.Use(next => http => limit.PassAsync(http, next));
    }
}
