namespace Runnel.Server.Training.Events;

/// <summary>What a round took: in all, and step by step.</summary>
internal sealed record RoundUsage(
    int ModelCalls, long InputTokens, long OutputTokens, bool Estimated, IReadOnlyList<StepUsage> Steps)
{
    public static RoundUsage Of(IReadOnlyList<StepUsage> steps) => new(
        steps.Sum(step => step.ModelCalls),
        steps.Sum(step => step.InputTokens),
        steps.Sum(step => step.OutputTokens),
        steps.Any(step => step.Estimated),
        steps);
}
