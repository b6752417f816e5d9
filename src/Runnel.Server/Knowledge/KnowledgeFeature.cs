using Runnel.Server.Knowledge.Merging;
using Runnel.Server.Knowledge.Overviews;
using Runnel.Server.Knowledge.Searching;

namespace Runnel.Server.Knowledge;

/// <summary>What digital humans know: merge, find, look over, read and forget.</summary>
internal static class KnowledgeFeature
{
    public static void AddKnowledge(this IServiceCollection services)
    {
        services.AddSingleton<KnowledgeMerge>();
        services.AddSingleton<KnowledgeSearch>();
        services.AddSingleton<KnowledgeOverview>();
    }

    public static void MapKnowledge(this IEndpointRouteBuilder api)
    {
        ReadKnowledge.Map(api);
        ForgetKnowledge.Map(api);
    }
}
