namespace Runnel.Server.Training.Events;

/// <summary>What a step took. Tokens are estimated where the model did not say.</summary>
internal sealed record StepUsage(
    string Step, int ModelCalls, long InputTokens, long OutputTokens, bool Estimated, long DurationMs);
