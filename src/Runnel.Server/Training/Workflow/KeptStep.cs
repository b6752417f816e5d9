namespace Runnel.Server.Training.Workflow;

/// <summary>A step that completed, as its row says.</summary>
internal sealed record KeptStep(
    string Step, string Output, int ModelCalls, long InputTokens, long OutputTokens, bool UsageEstimated, long DurationMs);
