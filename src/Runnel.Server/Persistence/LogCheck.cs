using Microsoft.Extensions.Diagnostics.HealthChecks;
using Runnel.Streams.Stores;

namespace Runnel.Server.Persistence;

/// <summary>Not ready once another server has taken the database over: what is sent here is refused.</summary>
internal sealed class LogCheck(IStreamStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        store is not ISharedStore shared || await shared.MayWriteAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("Another server has taken over what this one wrote. Stop this one.");
}
