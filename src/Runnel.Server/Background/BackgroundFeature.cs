using Runnel.Server.Background.Unfinished;

namespace Runnel.Server.Background;

/// <summary>What runs on its own, and how it comes to rest when the server stops.</summary>
internal static class BackgroundFeature
{
    public static void AddBackground(this IServiceCollection services)
    {
        services.AddSingleton<RunningTasks>();
        services.AddSingleton<Signals>();
        services.AddSingleton<TaskStops>();
        services.AddSingleton<Succession>();
        services.AddSingleton<ExitCode>();
        services.AddHostedService<TakeOver>();
        services.AddHostedService<FencedOff>();
        services.AddHostedService<Drain>();
        services.AddSingleton<UnfinishedWork>();
        services.AddHostedService(provider => provider.GetRequiredService<UnfinishedWork>());
    }
}
