namespace Runnel.Server.Models;

/// <summary><c>GET /models</c>: what messages can be sent to.</summary>
internal static class ListModels
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/models", Handle)
            .Produces<Response>();

    private static IResult Handle(ModelCatalog catalog) => Results.Ok(new Response(
        catalog.Items.Select(model => new Item(
            model.Name,
            KindOf(model),
            model.Model,
            model == catalog.Default,
            model.Kind == ModelKind.Scripted)).ToList(),
        catalog.Default.Name));

    private static string KindOf(ConfiguredModel model) => model.Kind switch
    {
        ModelKind.Scripted => "scripted",
        ModelKind.Registered => "registered",
        _ => "openai",
    };

    private sealed record Item(string Name, string Kind, string Model, bool IsDefault, bool IsDemonstration);

    private sealed record Response(List<Item> Items, string Default);
}
