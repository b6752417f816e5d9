using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Runnel.Server.Hosting;

/// <summary>For whoever restarts the server (<c>live</c>) and whoever sends it requests (<c>ready</c>).</summary>
internal static class Health
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", Live).AllowAnonymous();
        routes.MapGet("/health/ready", Ready).AllowAnonymous();
    }

    private static IResult Live() => Answer("live");

    private static async Task<IResult> Ready(
        Readiness readiness, HealthCheckService checks, CancellationToken cancellationToken)
    {
        if (readiness.IsDraining)
            return Problems.Unavailable("draining", "This server is about to stop. Ask another one.", Retry);
        var report = await checks.CheckHealthAsync(cancellationToken);
        return report.Status == HealthStatus.Healthy
            ? Answer("ready")
            : Problems.Unavailable("not_ready", "A part of this server does not work; its log says which.", Retry);
    }

    private static IResult Answer(string status) =>
        Results.Json(new HealthAnswer(status), HostingJson.Default.HealthAnswer);
}
