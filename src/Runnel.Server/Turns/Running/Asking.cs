using Microsoft.Extensions.Options;
using Runnel.Providers;
using Runnel.Server.Configuration;
using Runnel.Server.Turns.Context;
using Runnel.Server.Turns.Running.Pacing;

namespace Runnel.Server.Turns.Running;

/// <summary>Asks models until one has given a whole answer, or there is no more sense in it. All attempts of a turn share one
/// limit of time.</summary>
internal sealed class Asking(
    Attempts attempts,
    ModelContext context,
    AnswerRoom room,
    IOptions<ModelTimeoutsOptions> timeouts,
    TimeProvider time)
{
    /// <exception cref="ProviderException">No model gave a whole answer; this is why the last did not.</exception>
    public async Task AskAsync(Turn turn, TurnLog turnLog, TurnProgress run, CancellationToken interrupt)
    {
        using var tooLong = new CancellationTokenSource(timeouts.Value.Total, time);
        using var share = room.Enter();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupt, tooLong.Token);
        try
        {
            await TryAsync(turn, turnLog, run, share, either.Token);
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested && !interrupt.IsCancellationRequested)
        {
            var limit = FormattableString.Invariant($"{timeouts.Value.TotalSeconds:0.###} seconds");
            throw new ProviderException(
                ProviderError.TurnTimeout, $"The answer was not complete after {limit}. Ask for less at once.");
        }
    }

    private async Task TryAsync(
        Turn turn, TurnLog turnLog, TurnProgress run, AnswerShare share, CancellationToken cancellationToken)
    {
        var plan = attempts.Plan(turn);
        while (await AttemptAsync(turn, plan, turnLog, run, share, cancellationToken) is { } fault)
        {
            if (attempts.Next(turn, plan, fault, run.Answer.HasText) is not { } wait)
                throw fault;
            if (run.Answer.HasText)
            {
                await turnLog.ResetAsync(fault.WireCode);
                run.Answer.Withdraw(run.PromptTokens);
                share.TryHold(0);
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Null when the answer is whole.</summary>
    private async Task<ProviderException?> AttemptAsync(
        Turn turn,
        AttemptPlan plan,
        TurnLog turnLog,
        TurnProgress run,
        AnswerShare share,
        CancellationToken cancellationToken)
    {
        var model = plan.Model;
        (run.Model, run.ModelName) = (model.Model, model.Name);
        await turnLog.StartAsync(plan.Attempt, model.Model);
        var messages = await context.ReadAsync(turn.ThreadId, turn.UserMessageId, model.ContextTokens, cancellationToken);
        run.PromptTokens = messages.Sum(message => TokenEstimate.Of(message.Text));
        var answer = model.Client.GetStreamingResponseAsync(messages, options: null, cancellationToken);
        try
        {
            await new AnswerReading(turnLog, run, time).ReadAsync(answer, share, cancellationToken);
            return null;
        }
        catch (ProviderException fault)
        {
            return fault;
        }
    }
}
