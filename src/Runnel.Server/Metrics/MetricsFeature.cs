using System.Text;
using Runnel.Server.Metrics.Prometheus;

namespace Runnel.Server.Metrics;

/// <summary>What an operator sees from outside: <c>/metrics</c>.</summary>
internal static class MetricsFeature
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Add it before anything that measures: what happens before the collector starts is in no histogram.</summary>
    public static void AddMeasurements(this IServiceCollection services)
    {
        services.AddSingleton<MetricCollector>();
        services.AddHostedService(provider => provider.GetRequiredService<MetricCollector>());
        services.AddSingleton<MetricsAccess>();
        services.AddSingleton<TurnMetrics>();
    }

    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/metrics", Read).AllowAnonymous();

    private static async Task Read(HttpContext http, MetricsAccess access, MetricCollector collector)
    {
        if (access.Refuse(http) is { } refused)
        {
            await refused.ExecuteAsync(http);
            return;
        }

        http.Response.ContentType = ContentType;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(collector.Read()), http.RequestAborted);
    }
}
