using Runnel.Server.Answering.Pacing;

namespace Runnel.Server.Answering;

/// <summary>Having a model answer: retries, stand-ins, limits of time and of memory. It knows no turns.</summary>
internal static class AnsweringFeature
{
    public static void AddAnswering(this IServiceCollection services)
    {
        services.AddSingleton<AnswerRoom>();
        services.AddSingleton<Attempts>();
        services.AddSingleton<Asking>();
    }
}
