using Microsoft.Extensions.Options;
using Runnel.Providers;
using Runnel.Server.Configuration;
using Runnel.Server.Hosting.Wording;
using Runnel.Server.Models;
using Runnel.Server.Turns.Context;
using Runnel.Server.Turns.Running.Pacing;

namespace Runnel.Server.Turns.Running;

/// <summary>Asks models until one has given a whole answer, or there is no more sense in it. All attempts of a turn share one
/// limit of time.</summary>
internal sealed partial class Asking(
    ModelCatalog models,
    ModelContext context,
    AnswerRoom room,
    IOptions<ModelTimeoutsOptions> timeouts,
    TimeProvider time,
    ILogger<Asking> log)
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
        var plan = new AttemptPlan(turn.Model, models);
        while (await AttemptAsync(turn, plan, turnLog, run, share, cancellationToken) is { } fault)
        {
            if (plan.Next(fault, run.Answer.HasText) is not { } wait)
                throw fault;
            Again(log, turn.TurnId, fault.WireCode, plan.Model.Name, wait);
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
        run.Model = model.Model;
        await turnLog.StartAsync(plan.Attempt, model.Model);
        if (turn.DigitalHumanId is { } human)
            run.Character ??= await context.ReadCharacterAsync(turn.OwnerId, human, cancellationToken);
        var request = await context.ReadAsync(
            turn.ThreadId, turn.UserMessageId, run.Character, model.ContextTokens, cancellationToken);
        run.PromptTokens = request.Messages.Sum(message => TokenEstimate.Of(message.Text));
        var answer = model.Client.GetStreamingResponseAsync(request.Messages, request.Options, cancellationToken);
        try
        {
            await new AnswerReading(turnLog, run, time).ReadAsync(
                LettingGo.WhenCancelled(answer, time, cancellationToken), share, cancellationToken);
            return null;
        }
        catch (ProviderException fault)
        {
            return fault;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Turn {TurnId}: {Code}; asking {Model} in {Wait}.")]
    private static partial void Again(ILogger log, string turnId, string code, string model, TimeSpan wait);
}
