using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Workflow;

/// <summary>What commits together with a step: with its output as it is by then.</summary>
/// <param name="End">The step's end.</param>
/// <param name="Participants">The rows that change.</param>
internal sealed record StepEffect<TOut>(StepEnd<TOut> End, IReadOnlyList<Participant> Participants)
{
    /// <summary>Events before the step's own.</summary>
    public IReadOnlyList<NewEvent> Before { get; init; } = [];

    /// <summary>Events after it: nothing of the round may follow a terminal one.</summary>
    public IReadOnlyList<NewEvent> After { get; init; } = [];
}
