using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Runnel.Server.Describing;

/// <summary><c>GET /openapi/v1.json</c>: every endpoint, as the code has it.</summary>
internal static class ApiDocument
{
    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = NameOf;
        options.AddDocumentTransformer((document, _, _) => Introduce(document));
        options.AddOperationTransformer(async (operation, context, cancellationToken) =>
        {
            StreamParameters.Add(operation, context);
            await ProblemAnswers.AddAsync(operation, context, cancellationToken);
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapOpenApi("/openapi/v1.json").AllowAnonymous();

    // Each slice has a Request and a Response of its own.
    private static string? NameOf(JsonTypeInfo type) =>
        OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? type.Type.DeclaringType?.Name + name : null;

    private static Task Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Runnel",
            Version = "v1",
            Description = "Durable AI streaming. Event streams are described in docs/protocol.md of the project.",
        };
        // Whatever address it was asked under is not the one that a proxy before it has.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
            ["cookie"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "runnel",
            },
        };
        return Task.CompletedTask;
    }
}
