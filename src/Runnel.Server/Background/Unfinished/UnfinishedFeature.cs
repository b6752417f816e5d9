namespace Runnel.Server.Background.Unfinished;

/// <summary>What was left half done is finished. Each slice adds an <see cref="IUnfinished"/> for its own.</summary>
internal static class UnfinishedFeature
{
    /// <summary>Also at this place of the start, before what is added later starts.</summary>
    public static void AddUnfinished<T>(this IServiceCollection services)
        where T : class, IUnfinished
    {
        services.AddSingleton<T>();
        services.AddSingleton<IUnfinished>(provider => provider.GetRequiredService<T>());
        services.AddHostedService<UnfinishedAtStart<T>>();
    }
}
