using Runnel.Server.Background;
using Runnel.Server.Background.Unfinished;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Retaining;
using Runnel.Server.Turns.Accepting;
using Runnel.Server.Turns.Context;
using Runnel.Server.Turns.Deleting;
using Runnel.Server.Turns.Queueing;
using Runnel.Server.Turns.Recovering;
using Runnel.Server.Turns.Retaining;
using Runnel.Server.Turns.Running;
using Runnel.Server.Turns.Stopping;
using Runnel.Server.Turns.Titling;

namespace Runnel.Server.Turns;

/// <summary>Turns: a message and its answer.</summary>
internal static class TurnsFeature
{
    public static void AddTurns(this IServiceCollection services)
    {
        services.AddScoped<TurnIntake>();
        services.AddScoped<TurnAdmission>();
        services.AddScoped<TurnStop>();
        services.AddScoped<ConversationDeletion>();
        services.AddSingleton<HandOver>();
        services.AddSingleton<TurnEnds>();
        services.AddSingleton<TurnQueue>();
        services.AddSingleton<ModelContext>();
        services.AddSingleton<Characters>();
        services.AddSingleton<TurnAsking>();
        services.AddSingleton<TurnRunner>();
        services.AddSingleton<RunningTurns>();
        services.AddSingleton<FirstExchange>();
        services.AddSingleton<Titles>();
        services.AddHostedService(provider => provider.GetRequiredService<Titles>());
        services.AddSingleton<LeftTurns>();
        services.AddSingleton<LeftText>();
        services.AddSingleton<LeftTurnEnd>();
        services.AddSingleton<LeftTurnRestart>();
        services.AddSingleton<TurnRecovery>();
        services.AddSingleton<IHeir>(provider => provider.GetRequiredService<TurnRecovery>());
        services.AddHostedService(provider => provider.GetRequiredService<TurnRecovery>());
        services.AddHostedService<FirstStop>();
        services.AddSingleton(new TrimPlan(TrimColumns.Of("turns", "thread_id"), ConversationStreams.Of));
        services.AddSingleton(new TrimPlan(TrimColumns.OfOwner("turns"), ConversationStreams.OfOwner));
        services.AddSingleton<DormantStreams>();
        services.AddHostedService<RetentionSweep>();
        services.AddUnfinished<UnfinishedDeletions>();
    }

    public static void MapTurns(this IEndpointRouteBuilder api)
    {
        SendMessage.Map(api);
        SendAndFollow.Map(api);
        StopTurn.Map(api);
        RegenerateAnswer.Map(api);
        EditMessage.Map(api);
        DeleteConversation.Map(api);
    }
}
