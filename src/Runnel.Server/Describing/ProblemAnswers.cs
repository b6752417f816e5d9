using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Runnel.Server.Hosting;

namespace Runnel.Server.Describing;

/// <summary>Says which problems an endpoint answers: those that its shape makes possible, and any other as the default.</summary>
internal static class ProblemAnswers
{
    private const string Problem = "Problem";

    public static async Task AddAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        var schema = await context.GetOrCreateSchemaAsync(typeof(ProblemBody), null, cancellationToken);
        document.AddComponent(Problem, schema);
        var path = context.Description.RelativePath ?? "";
        operation.Responses ??= [];
        foreach (var status in Statuses(operation, path, IsOpen(context)))
            operation.Responses.TryAdd($"{status}", Answer(ReasonPhrases.GetReasonPhrase(status), document));
        operation.Responses.TryAdd("default", Answer("Any other refusal; its code says which.", document));
        if (!IsOpen(context))
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("cookie", document)] = [] },
            ];
        }
    }

    private static bool IsOpen(OpenApiOperationTransformerContext context) =>
        context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any();

    private static IEnumerable<int> Statuses(OpenApiOperation operation, string path, bool isOpen)
    {
        if (!isOpen)
            yield return StatusCodes.Status401Unauthorized;
        if (path.Contains('{', StringComparison.Ordinal))
            yield return StatusCodes.Status404NotFound;
        if (operation.Parameters is { Count: > 0 } || operation.RequestBody is not null)
            yield return StatusCodes.Status400BadRequest;
        if (operation.RequestBody is not null)
        {
            yield return StatusCodes.Status413PayloadTooLarge;
            yield return StatusCodes.Status415UnsupportedMediaType;
            yield return StatusCodes.Status422UnprocessableEntity;
        }

        if (path.StartsWith("api/", StringComparison.Ordinal))
            yield return StatusCodes.Status429TooManyRequests;
        yield return StatusCodes.Status503ServiceUnavailable;
    }

    private static OpenApiResponse Answer(string description, OpenApiDocument document) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(Problem, document) },
        },
    };
}
