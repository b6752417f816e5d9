using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Hosting;

public class EndpointTests
{
    /// <summary>Open to nobody in particular, each for its own reason: one must be able to sign in, and to be watched;
    /// <c>/metrics</c> has a rule of its own, since who scrapes it is no user.</summary>
    private static readonly string[] Open =
    [
        "/", "/api/v1/auth/login", "/api/v1/auth/logout", "/api/v1/auth/refresh", "/api/v1/auth/register", "/api/v1/setup",
        "/c/{threadId}",
        "/health/live", "/health/ready", "/humans/{**place}", "/index.html", "/metrics", "/openapi/v1.json",
        "/settings/{section?}", "/streams",
    ];

    [Fact]
    public async Task Endpoint_NeedsAUser_UnlessItIsOneOfTheFewThatAreOpen()
    {
        await using var server = await RunnelServer.StartAsync();

        var open = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!).Order(StringComparer.Ordinal);
        var policy = await server.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync();

        Assert.Equal(Open, open);
        Assert.NotNull(policy);
    }
}
