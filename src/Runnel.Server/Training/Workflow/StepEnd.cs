namespace Runnel.Server.Training.Workflow;

/// <summary>How a step ends.</summary>
/// <param name="Output">What it gives to those after it.</param>
/// <param name="Result">What <c>node_complete</c> says of it, to be written as JSON.</param>
internal sealed record StepEnd<TOut>(TOut Output, object Result)
{
    /// <summary>Whether there was nothing to do.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>What commits together with the step. Where that is refused, it is asked again: something that it was planned by
    /// has changed meanwhile.</summary>
    public Func<CancellationToken, Task<StepEffect<TOut>>>? Plan { get; init; }
}
