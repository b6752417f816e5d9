using Runnel.Server.Background;
using Runnel.Server.Background.Unfinished;
using Runnel.Server.Metrics;
using Runnel.Server.Retaining;
using Runnel.Server.Streaming;
using Runnel.Server.Training.Accepting;
using Runnel.Server.Training.Deleting;
using Runnel.Server.Training.Following;
using Runnel.Server.Training.Listing;
using Runnel.Server.Training.Queueing;
using Runnel.Server.Training.Recalling;
using Runnel.Server.Training.Recovering;
using Runnel.Server.Training.Running;
using Runnel.Server.Training.Steps;
using Runnel.Server.Training.Stopping;
using Runnel.Server.Training.Structured;
using Runnel.Server.Training.Workflow;

namespace Runnel.Server.Training;

/// <summary>Training: tell a digital human something, and have it learn from that.</summary>
internal static class TrainingFeature
{
    public static void AddTraining(this IServiceCollection services)
    {
        services.AddSingleton<IStreamKind, TrainingViews>();
        services.AddSingleton(new TrimPlan(
            TrimColumns.Of("training_rounds", "digital_human_id") with { HasNumbers = true },
            id => TrainingStreams.Of(long.Parse(id, System.Globalization.CultureInfo.InvariantCulture))));
        services.AddSingleton(new TrimPlan(TrimColumns.OfOwner("training_rounds"), TrainingStreams.OfOwner));
        services.AddSingleton<TrainingMetrics>();
        services.AddScoped<RoundIntake>();
        services.AddScoped<RoundAdmission>();
        services.AddScoped<RoundStop>();
        services.AddScoped<TrainingEnd>();
        services.AddScoped<TrainingMessageDeletion>();
        services.AddScoped<DigitalHumanDeletion>();
        services.AddScoped<OwnersTraining>();
        services.AddSingleton<Clearing>();
        services.AddRounds();
        services.AddSingleton<LeftRounds>();
        services.AddSingleton<RoundRecovery>();
        services.AddSingleton<IHeir>(provider => provider.GetRequiredService<RoundRecovery>());
        services.AddHostedService(provider => provider.GetRequiredService<RoundRecovery>());
        services.AddUnfinished<UnfinishedClearing>();
    }

    public static void MapTraining(this IEndpointRouteBuilder api)
    {
        TrainAndFollow.Map(api);
        FollowTraining.Map(api);
        StopTraining.Map(api);
        ListTrainingMessages.Map(api);
        DeleteTrainingMessage.Map(api);
        DeleteDigitalHuman.Map(api);
    }

    private static void AddRounds(this IServiceCollection services)
    {
        services.AddSingleton<Recall>();
        services.AddSingleton<StructuredAsking>();
        services.AddSingleton<IntentRecognition>();
        services.AddSingleton<KnowledgeExtraction>();
        services.AddSingleton<ContextAnalysis>();
        services.AddSingleton<QuestionGeneration>();
        services.AddSingleton<SaveMessage>();
        services.AddSingleton<RoundSteps>();
        services.AddSingleton<Workflows>();
        services.AddSingleton<RoundWork>();
        services.AddSingleton<RoundEnds>();
        services.AddSingleton<RoundRunner>();
        services.AddSingleton<RoundQueue>();
    }
}
