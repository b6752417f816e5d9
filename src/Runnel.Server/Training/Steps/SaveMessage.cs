using Runnel.Server.Training.Events;
using Runnel.Server.Training.Progress;
using Runnel.Server.Training.Running;
using Runnel.Server.Training.Workflow;

namespace Runnel.Server.Training.Steps;

/// <summary>Ends the round: its question comes into the history, in the same commit as the terminal event.</summary>
internal sealed class SaveMessage(TimeProvider time) : IStep<SaveInput, bool>
{
    /// <summary>The place of the terminal event in the step's append, after its <c>node_complete</c>.</summary>
    private const int TerminalAt = 2;

    public string Name => StepNames.Save;

    public Task<StepEnd<bool>> RunAsync(SaveInput input, StepRun run, CancellationToken cancellationToken)
    {
        var end = new StepEnd<bool>(true, new { run.Round.MessageId });
        return Task.FromResult(end with { Plan = _ => Task.FromResult(Plan(end, input, run)) });
    }

    private StepEffect<bool> Plan(StepEnd<bool> end, SaveInput input, StepRun run)
    {
        var round = run.Round;
        var row = new RoundEnd(round.RoundId, RoundState.Complete, null)
        {
            Question = input.Question,
            Learned = WorkflowJson.Write(input.Learned),
        };
        var complete = new TrainingComplete(
            round.DigitalHumanId,
            round.RoundId,
            round.MessageId,
            Words.Completed(round.Language, input.Learned.Count()),
            input.Question,
            WorkflowJson.Element(input.Learned),
            run.Total());
        return new StepEffect<bool>(end, [RoundState.End(row, RoundState.Running, TerminalAt, time.GetUtcNow())])
        {
            After = [TrainingEvents.From(complete)],
        };
    }
}
