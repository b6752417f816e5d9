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
        "/api/v1/auth/login", "/api/v1/auth/logout", "/api/v1/auth/refresh", "/api/v1/auth/register", "/api/v1/setup",
        "/health/live", "/health/ready", "/metrics", "/openapi/v1.json",
    ];

    /// <summary>The page of the app, at each of its routes. It is the same for everybody; what it shows, it asks the API for.</summary>
    private static readonly string[] Pages =
        ["/", "/c/{threadId}", "/humans/{**place}", "/index.html", "/settings/{section?}", "/streams"];

    [Fact]
    public async Task Endpoint_NeedsAUser_UnlessItIsOneOfTheFewThatAreOpen()
    {
        await using var server = await RunnelServer.StartAsync();

        var open = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!).Order(StringComparer.Ordinal);
        var policy = await server.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync();

        Assert.Equal([.. Open.Concat(Pages).Order(StringComparer.Ordinal)], open);
        Assert.NotNull(policy);
    }

    [Fact]
    public async Task Endpoint_IsDescribedAndAskedAsEverybody_UnlessItIsAPage()
    {
        await using var server = await RunnelServer.StartAsync();

        var hidden = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(IsPage)
            .Select(endpoint => endpoint.RoutePattern.RawText!).Order(StringComparer.Ordinal);

        Assert.Equal(Pages, hidden);
    }

    /// <summary>Whether an endpoint is no part of the API.</summary>
    public static bool IsPage(RouteEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription == true
            && endpoint.RoutePattern.RawText != "/openapi/v1.json";
    }
}
