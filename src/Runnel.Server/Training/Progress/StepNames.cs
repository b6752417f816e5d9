namespace Runnel.Server.Training.Progress;

/// <summary>The steps of a round, as they stand on the wire, in their order.</summary>
internal static class StepNames
{
    public const string Intent = "intent_recognition";
    public const string Extraction = "knowledge_extraction";
    public const string Analysis = "context_analysis";
    public const string Question = "question_generation";
    public const string Save = "save_message";

    public static IReadOnlyList<string> All { get; } = [Intent, Extraction, Analysis, Question, Save];
}
