using Microsoft.AspNetCore.Cors.Infrastructure;
using Runnel.Server.Configuration;

namespace Runnel.Server.Gates;

/// <summary>Pages of other servers that may use the API in a browser, by their exact origin; none by default.</summary>
internal static class AllowedOrigins
{
    private static readonly TimeSpan PreflightHolds = TimeSpan.FromMinutes(10);

    public static void AddAllowedOrigins(this IServiceCollection services, HttpOptions http) =>
        services.AddCors(cors => cors.AddDefaultPolicy(policy => Configure(policy, http)));

    private static void Configure(CorsPolicyBuilder policy, HttpOptions http) => policy
        .WithOrigins([.. http.AllowedOrigins])
        .WithMethods("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
        .WithHeaders("Authorization", "Content-Type", "Last-Event-ID", "Accept", "Cache-Control")
        .WithExposedHeaders("Retry-After", "Location", "Content-Disposition")
        .AllowCredentials()
        .SetPreflightMaxAge(PreflightHolds);
}
