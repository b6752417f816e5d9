using Runnel.Server.Configuration;

namespace Runnel.Server.Models;

/// <summary>The models that answer.</summary>
internal static class ModelsFeature
{
    public static void AddModels(this WebApplicationBuilder builder)
    {
        // Read now, so that a wrong value stops the start before anything is opened.
        ConfiguredOptions.Read<ModelsOptions>(builder.Configuration, "Models");
        ModelConfiguration.Read(builder.Configuration);
        ModelConfiguration.ReadCandidates(builder.Configuration);
        builder.Services.Configure<ModelsOptions>(builder.Configuration.GetSection("Models"));
        builder.Services.AddSingleton<UpstreamClient>();
        builder.Services.AddSingleton<ModelConnections>();
        builder.Services.AddSingleton<ModelCatalog>();
        builder.Services.AddHostedService<ModelStart>();
    }

    public static void MapModels(this IEndpointRouteBuilder api) => ListModels.Map(api);
}
