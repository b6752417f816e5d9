using Microsoft.Extensions.AI;
using Runnel.Providers;
using Runnel.Server.Answering;
using Runnel.Server.Models;
using Runnel.Server.Training.Progress;
using Runnel.Server.Training.Running;
using Runnel.Server.Training.Workflow;

namespace Runnel.Server.Training.Structured;

/// <summary>Asks a model for an answer of a certain form. One that has another is shown to the model with what is wrong, once; then
/// the round is given up.</summary>
internal sealed partial class StructuredAsking(Asking asking, TimeProvider time, ILogger<StructuredAsking> log)
{
    private const int Tries = 2;

    /// <param name="model">Who is asked.</param>
    /// <param name="shape">The form.</param>
    /// <param name="messages">What the model is given.</param>
    /// <param name="run">The step that asks.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="RoundException">Both answers are of another form.</exception>
    public async Task<T> AskAsync<T>(
        ConfiguredModel model,
        AnswerShape<T> shape,
        IReadOnlyList<ChatMessage> messages,
        StepRun run,
        CancellationToken cancellationToken)
    {
        var talk = messages.ToList();
        var options = Options(shape);
        for (var tries = 1; ; tries++)
        {
            var answer = await AskAsync(model, options, talk, run, cancellationToken);
            if (answer is null)
            {
                // Some servers know no schemas; they are told in words. Some models take no temperature but their own.
                options.ResponseFormat = ChatResponseFormat.Json;
                options.Temperature = null;
                talk.Insert(0, new(ChatRole.System, $"Answer with one JSON object of this JSON schema: {shape.Schema.GetRawText()}"));
                answer = await AskAsync(model, options, talk, run, cancellationToken) ?? "";
            }

            var reading = Read(shape, answer);
            if (reading.Complaint is not { } complaint)
                return reading.Value!;
            Wrong(log, run.Round.RoundId, run.Step, complaint);
            if (tries == Tries)
                throw new RoundException(GivenUp);
            await run.Log.ThinkAsync(run.Step, Words.Repairing(run.Round.Language));
            talk.Add(new(ChatRole.Assistant, answer));
            talk.Add(new(ChatRole.User, $"That is not what was asked for. {complaint} Answer again, with nothing but the JSON."));
        }
    }

    private static RoundFailure GivenUp { get; } = new(
        "invalid_model_output",
        "The model twice answered in another form than it was asked for. Try again, or choose another model.",
        true);

    private static Reading<T> Read<T>(AnswerShape<T> shape, string answer)
    {
        try
        {
            var json = JsonAnswer.Read(answer);
            return json.Complaint is { } complaint ? Reading<T>.Wrong(complaint) : shape.Read(json.Value);
        }
        catch (WrongAnswerException wrong)
        {
            return Reading<T>.Wrong(wrong.Message);
        }
    }

    private static ChatOptions Options<T>(AnswerShape<T> shape) => new()
    {
        Temperature = 0,
        ResponseFormat = ChatResponseFormat.ForJsonSchema(shape.Schema, shape.Name),
        AdditionalProperties = new() { ["strict"] = true },
    };

    /// <summary>Null where the model's server refuses to be asked for a schema.</summary>
    private async Task<string?> AskAsync(
        ConfiguredModel model,
        ChatOptions options,
        List<ChatMessage> talk,
        StepRun run,
        CancellationToken cancellationToken)
    {
        var progress = new AnswerProgress { Model = model.Model, BeganAt = time.GetTimestamp() };
        var silent = new SilentLog(run);
        var question = new Question(run.Round.RoundId, model, (_, _) => Task.FromResult(new Prompt([.. talk], options)));
        try
        {
            await asking.AskAsync(question, silent, progress, cancellationToken);
            return progress.Answer.Content;
        }
        catch (ProviderException refusal)
            when (refusal.Status is 400 or 422 && options.ResponseFormat is ChatResponseFormatJson { Schema: not null })
        {
            return null;
        }
        finally
        {
            run.Count(silent.Attempts, progress.Answer.Usage(progress.PromptTokens));
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Round {RoundId}, {Step}: the answer has another form. {Complaint}")]
    private static partial void Wrong(ILogger log, string roundId, string step, string complaint);
}
