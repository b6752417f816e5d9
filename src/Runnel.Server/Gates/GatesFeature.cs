using Runnel.Server.Background.Unfinished;
using Runnel.Server.Configuration;
using Runnel.Server.Gates.Counting;

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
        builder.Services.AddSingleton(
            services => new Allowances(limits.RequestsPerMinute, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<RequestLimit>();
        builder.Services.AddSingleton<ReaderPlaces>();
        if (builder.Configuration.GetValue<DatabaseProvider>("Database:Provider") == DatabaseProvider.Postgres)
            builder.Services.AddCounting();
    }

    /// <summary>Servers that share a database share the limits.</summary>
    private static void AddCounting(this IServiceCollection services)
    {
        services.AddSingleton<AllowanceRows>();
        services.AddSingleton<OpenStreamRows>();
        services.AddSingleton<CountedStreams>();
        services.AddHostedService<CountedTogether>();
        services.AddSingleton<IUnfinished, OldCounts>();
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
