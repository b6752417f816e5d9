using Runnel.Server.Answering;
using Runnel.Server.Training.Progress;
using Runnel.Server.Training.Workflow;

namespace Runnel.Server.Training.Structured;

/// <summary>For an answer that nobody reads while it is given. That it takes more than one attempt is told.</summary>
internal sealed class SilentLog(StepRun run) : IAnswerLog
{
    /// <summary>How often a model was asked.</summary>
    public int Attempts { get; private set; }

    public Task StartAsync(int attempt, string model)
    {
        Attempts = attempt;
        return attempt == 1
            ? Task.CompletedTask
            : run.Log.ThinkAsync(run.Step, Words.AskingAgain(run.Round.Language));
    }

    public Task ResetAsync(string reason) => Task.CompletedTask;

    public ValueTask WriteAsync(List<Piece> pieces) => ValueTask.CompletedTask;
}
