using System.Text.Json;

namespace Runnel.Server.Tests.Fuzz;

/// <summary>One endpoint as the OpenAPI document describes it, with the names that its body has.</summary>
public sealed record ApiOperation(string Method, string Path, IReadOnlyList<string> Fields)
{
    public static IReadOnlyList<ApiOperation> Of(JsonElement document) =>
    [
        .. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(verb => verb.Name is not "parameters")
            .Select(verb => new ApiOperation(verb.Name.ToUpperInvariant(), path.Name, FieldsOf(document, verb.Value)))),
    ];

    private static List<string> FieldsOf(JsonElement document, JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
            return [];
        var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        if (schema.TryGetProperty("oneOf", out var either))
            schema = either.EnumerateArray().Single(one => one.TryGetProperty("$ref", out _));
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!.Split('/')[^1];
            schema = document.GetProperty("components").GetProperty("schemas").GetProperty(name);
        }

        return [.. schema.GetProperty("properties").EnumerateObject().Select(property => property.Name)];
    }
}
