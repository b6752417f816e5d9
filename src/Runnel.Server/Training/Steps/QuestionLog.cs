using Runnel.Server.Answering;
using Runnel.Server.Training.Progress;
using Runnel.Server.Training.Workflow;

namespace Runnel.Server.Training.Steps;

/// <summary>Shows a question while it is written; the thoughts before it are not shown.</summary>
internal sealed class QuestionLog(StepRun run) : IAnswerLog
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

    public Task ResetAsync(string reason) => run.Log.ResetQuestionAsync(reason);

    public ValueTask WriteAsync(List<Piece> pieces)
    {
        var question = pieces.FindAll(piece => !piece.IsReasoning).ConvertAll(piece => piece.Text);
        return question.Count > 0 ? new ValueTask(run.Log.WriteQuestionAsync(question)) : ValueTask.CompletedTask;
    }
}
