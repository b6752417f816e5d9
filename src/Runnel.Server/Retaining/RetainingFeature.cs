namespace Runnel.Server.Retaining;

/// <summary>Old events are given up. Each slice adds a <see cref="TrimPlan"/> for its streams.</summary>
internal static class RetainingFeature
{
    public static void AddRetaining(this IServiceCollection services)
    {
        services.AddSingleton<EventRetention>();
    }
}
