using Microsoft.Extensions.AI;
using Runnel.Server.Answering;
using Runnel.Server.Training.Progress;
using Runnel.Server.Training.Questions;
using Runnel.Server.Training.Recalling;
using Runnel.Server.Training.Running;
using Runnel.Server.Training.Workflow;

namespace Runnel.Server.Training.Steps;

/// <summary>Has the digital human react to the message and ask its next question, shown while it is written. One that was asked
/// before is withdrawn, and the model asked for another, once; where that was asked too, one of ours takes its place.</summary>
internal sealed class QuestionGeneration(Asking asking, TimeProvider time) : IStep<QuestionInput, string>
{
    private const int Tries = 2;
    private const string Empty = "empty";

    public string Name => StepNames.Question;

    public async Task<StepEnd<string>> RunAsync(QuestionInput input, StepRun run, CancellationToken cancellationToken)
    {
        var talk = QuestionPrompt.Messages(Name, input);
        for (var tries = 1; ; tries++)
        {
            var question = await AskAsync(input, talk, run, cancellationToken);
            if (Fault(question, input.Recalled) is not { } fault)
                return End(question);
            if (question.Length > 0)
                await run.Log.ResetQuestionAsync(fault);
            if (tries == Tries)
                return await AskOwnAsync(fault, input, run);
            await run.Log.ThinkAsync(Name, Words.AnotherQuestion(run.Round.Language));
            talk.Add(new(ChatRole.Assistant, question));
            talk.Add(new(
                ChatRole.User,
                fault == Empty ? "That was empty. Ask your question." : "You asked that before. Ask something else."));
        }
    }

    private static StepEnd<string> End(string question) => new(question, new { Question = question });

    /// <summary>Why it is no question to be asked; null when it is one.</summary>
    private static string? Fault(string question, Recollection recalled) =>
        string.IsNullOrWhiteSpace(question) ? Empty
        : recalled.AskedKeys.Contains(QuestionKey.Of(question)) ? "asked_before" : null;

    private static async Task<StepEnd<string>> AskOwnAsync(string fault, QuestionInput input, StepRun run)
    {
        if (fault == Empty)
        {
            throw new RoundException(new RoundFailure(
                "invalid_model_output", "The model asked nothing. Try again, or choose another model.", true));
        }

        var known = input.Known;
        var own = OwnQuestions.Choose(
            Languages.Of(default, run.Round.Message),
            known.ThinAreas,
            known.Names.Values.SelectMany(names => names),
            input.Recalled.AskedKeys);
        await run.Log.WriteQuestionAsync([own]);
        return End(own);
    }

    private async Task<string> AskAsync(
        QuestionInput input, List<ChatMessage> talk, StepRun run, CancellationToken cancellationToken)
    {
        var (model, human) = (input.Recalled.Model, input.Recalled.Human);
        var options = new ChatOptions { Temperature = (float?)human.Temperature };
        var progress = new AnswerProgress { Model = model.Model, BeganAt = time.GetTimestamp() };
        var shown = new QuestionLog(run);
        var question = new Question(run.Round.RoundId, model, (_, _) => Task.FromResult(new Prompt([.. talk], options)));
        try
        {
            await asking.AskAsync(question, shown, progress, cancellationToken);
            return progress.Answer.Content;
        }
        finally
        {
            run.Count(shown.Attempts, progress.Answer.Usage(progress.PromptTokens));
        }
    }
}
