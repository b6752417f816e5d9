using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Tests.Hosting;

namespace Runnel.Server.Tests.Describing;

public class ApiDocumentTests
{
    /// <summary>Not the API: it describes itself to nobody.</summary>
    private const string Own = "/openapi/v1.json";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_HasEveryEndpoint_WithItsAnswersAndProblems()
    {
        await using var server = await RunnelServer.StartAsync();
        var document = await server.Client.GetFromJsonAsync<JsonElement>(Own, Token);

        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(verb => $"{verb.Name.ToUpperInvariant()} {path.Name}"));
        var mapped = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => !EndpointTests.IsPage(endpoint))
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
                .Select(verb => $"{verb} {endpoint.RoutePattern.RawText!.Replace(":long}", "}", StringComparison.Ordinal)}"))
            .Where(name => !name.EndsWith(Own, StringComparison.Ordinal));

        Assert.Equal("3.1", document.Text("openapi")[..3]);
        Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        Assert.All(Operations(document), AssertWhole);
    }

    [Fact]
    public async Task Problem_IsDescribed_AsItIsSent()
    {
        await using var server = await RunnelServer.StartAsync();
        var document = await server.Client.GetFromJsonAsync<JsonElement>(Own, Token);
        using var refused = await server.Client.GetAsync(new Uri("/api/v1/auth/me", UriKind.Relative), Token);
        var sent = await refused.ProblemAsync(401, "unauthenticated");

        var described = document.GetProperty("components").GetProperty("schemas").GetProperty("Problem").GetProperty("properties");

        Assert.Equal(
            sent.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal),
            described.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    private static void AssertWhole(JsonElement operation)
    {
        var answers = operation.GetProperty("responses");
        Assert.Contains(answers.EnumerateObject(), answer => answer.Name.StartsWith('2'));
        Assert.True(answers.GetProperty("default").GetProperty("content").TryGetProperty("application/problem+json", out _));
        if (operation.TryGetProperty("security", out _))
            Assert.True(answers.TryGetProperty("401", out _));
    }

    private static IEnumerable<JsonElement> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(verb => verb.Value);
}
