using Microsoft.Extensions.AI;
using Runnel.Server.Answering;
using Runnel.Server.Knowledge.Spelling;
using Runnel.Server.Training.Progress;
using Runnel.Server.Training.Running;
using Runnel.Server.Training.Workflow;

namespace Runnel.Server.Training.Steps;

/// <summary>Has the digital human react to the message and ask its next question, shown while it is written. One that was asked
/// before is withdrawn, and another one asked for, once.</summary>
internal sealed class QuestionGeneration(Asking asking, TimeProvider time) : IStep<QuestionInput, string>
{
    private const int Tries = 2;

    public string Name => StepNames.Question;

    public async Task<StepEnd<string>> RunAsync(QuestionInput input, StepRun run, CancellationToken cancellationToken)
    {
        var talk = QuestionPrompt.Messages(Name, input);
        for (var tries = 1; ; tries++)
        {
            var question = await AskAsync(input, talk, run, cancellationToken);
            var isEmpty = string.IsNullOrWhiteSpace(question);
            if (!isEmpty && (tries == Tries || !WasAsked(question, input.Recalled.Asked)))
                return new StepEnd<string>(question, new { Question = question });
            if (tries == Tries)
            {
                throw new RoundException(new RoundFailure(
                    "invalid_model_output", "The model asked nothing. Try again, or choose another model.", true));
            }

            if (question.Length > 0)
                await run.Log.ResetQuestionAsync(isEmpty ? "empty" : "asked_before");
            await run.Log.ThinkAsync(Name, Words.AnotherQuestion(run.Round.Language));
            talk.Add(new(ChatRole.Assistant, question));
            talk.Add(new(ChatRole.User, isEmpty ? "That was empty. Ask your question." : "You asked that before. Ask something else."));
        }
    }

    private static bool WasAsked(string question, IReadOnlyList<string> asked)
    {
        var key = NameKey.Of(question);
        return asked.Any(earlier => NameKey.Of(earlier) == key);
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
