using Microsoft.Extensions.Options;
using Runnel.Providers;
using Runnel.Server.Answering.Pacing;
using Runnel.Server.Configuration;
using Runnel.Server.Hosting.Wording;

namespace Runnel.Server.Answering;

/// <summary>Asks models until one has given a whole answer, or there is no more sense in it. All attempts of a question share
/// one limit of time.</summary>
internal sealed class Asking(
    Attempts attempts, AnswerRoom room, IOptions<ModelTimeoutsOptions> timeouts, TimeProvider time)
{
    /// <param name="question">What to ask.</param>
    /// <param name="answerLog">Where the answer goes.</param>
    /// <param name="run">How far it is.</param>
    /// <param name="interrupt">Ends the asking at once.</param>
    /// <exception cref="ProviderException">No model gave a whole answer; this is why the last did not.</exception>
    public async Task AskAsync(Question question, IAnswerLog answerLog, AnswerProgress run, CancellationToken interrupt)
    {
        using var tooLong = new CancellationTokenSource(timeouts.Value.Total, time);
        using var share = room.Enter();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupt, tooLong.Token);
        try
        {
            await TryAsync(question, answerLog, run, share, either.Token);
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested && !interrupt.IsCancellationRequested)
        {
            var limit = FormattableString.Invariant($"{timeouts.Value.TotalSeconds:0.###} seconds");
            throw new ProviderException(
                ProviderError.TurnTimeout, $"The answer was not complete after {limit}. Ask for less at once.");
        }
    }

    private async Task TryAsync(
        Question question, IAnswerLog answerLog, AnswerProgress run, AnswerShare share, CancellationToken cancellationToken)
    {
        var plan = attempts.Plan(question);
        while (await AttemptAsync(question, plan, answerLog, run, share, cancellationToken) is { } fault)
        {
            if (attempts.Next(question, plan, fault, run.Answer.HasText) is not { } wait)
                throw fault;
            if (run.Answer.HasText)
            {
                await answerLog.ResetAsync(fault.WireCode);
                run.Answer.Withdraw(run.PromptTokens);
                share.TryHold(0);
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Null when the answer is whole.</summary>
    private async Task<ProviderException?> AttemptAsync(
        Question question,
        AttemptPlan plan,
        IAnswerLog answerLog,
        AnswerProgress run,
        AnswerShare share,
        CancellationToken cancellationToken)
    {
        var model = plan.Model;
        (run.Model, run.ModelName) = (model.Model, model.Name);
        await answerLog.StartAsync(plan.Attempt, model.Model);
        var prompt = await question.ReadPrompt(model, cancellationToken);
        run.PromptTokens = prompt.Messages.Sum(message => TokenEstimate.Of(message.Text));
        var answer = model.Client.GetStreamingResponseAsync(prompt.Messages, prompt.Options, cancellationToken);
        try
        {
            await new AnswerReading(answerLog, run, time).ReadAsync(answer, share, cancellationToken);
            return null;
        }
        catch (ProviderException fault)
        {
            return fault;
        }
    }
}
