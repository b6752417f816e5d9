using Runnel.Server.Answering;
using Runnel.Server.Background;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Metrics;
using Runnel.Server.Turns.States;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Running;

/// <summary>
/// Runs one turn: has the answer written into the log as it comes, and ends the turn once. It knows nothing of requests and
/// readers.
/// </summary>
internal sealed partial class TurnRunner(
    IEventStreams streams,
    TurnAsking asking,
    TurnEnds ends,
    TurnMetrics metrics,
    TimeProvider time,
    ILogger<TurnRunner> log)
{
    public async Task RunAsync(Turn turn, TaskSignals signals)
    {
        var turnLog = new TurnLog(streams, turn, time, signals.Shutdown);
        var run = new AnswerProgress { BeganAt = time.GetTimestamp(), Model = turn.Model.Model };
        metrics.Begin();
        var fault = await AnswerAsync(turn, turnLog, run, signals.End);
        var status = TurnState.Failed;
        try
        {
            await new AnswerReading(turnLog, run, time).WriteAsync(isEnd: true);
            status = await EndAsync(turn, turnLog, run, fault, signals);
            if (status is not (TurnState.Failed or TurnState.Interrupted))
                run.FailureCode = null;
        }
        catch (StoreUnavailableException) when (signals.Shutdown.IsCancellationRequested)
        {
            Left(log, turn.TurnId);
            run.FailureCode = TurnFailure.Internal;
        }
        catch (Exception again)
        {
            // Nothing more can be written: the conversation is gone.
            Broken(log, turn.TurnId, again);
            run.FailureCode = TurnFailure.Internal;
        }

        if (status == TurnState.Running)
        {
            HandedOver(log, turn.TurnId);
            metrics.Leave();
            return;
        }

        if (run.FirstTextAt is { } first)
            metrics.FirstText(run.FirstTextModel, run.BeganAt, first);
        metrics.End(TurnState.IsStop(status) ? TurnState.Stopped : status, run.FailureCode, run.BeganAt);
    }

    /// <summary>What kept the answer from being whole; null when it is.</summary>
    private async Task<Exception?> AnswerAsync(Turn turn, TurnLog turnLog, AnswerProgress run, CancellationToken end)
    {
        try
        {
            await asking.AskAsync(turn, turnLog, run, end);
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    private Task<string> EndAsync(
        Turn turn, TurnLog turnLog, AnswerProgress run, Exception? fault, TaskSignals signals)
    {
        if (fault is null)
            return ends.WriteAsync(turn, turnLog, TurnState.Complete, status => Whole(turn, run, status, turnLog.Used));
        if (signals.IsStopped && fault is OperationCanceledException)
            return ends.WriteAsync(turn, turnLog, TurnState.Stopped, status => Whole(turn, run, status, turnLog.Used));
        var failure = TurnFailure.From(fault, signals.Shutdown.IsCancellationRequested);
        run.FailureCode = failure.Code;
        if (failure.Code == TurnFailure.Internal)
            Broken(log, turn.TurnId, fault);
        else
            Failed(log, turn.TurnId, failure.Code);
        return ends.WriteAsync(
            turn,
            turnLog,
            failure.Status,
            status => status == failure.Status ? Partial(turn, run, failure) : Whole(turn, run, status, turnLog.Used));
    }

    private TurnEnding Whole(Turn turn, AnswerProgress run, string status, IReadOnlyList<UsedFact> used)
    {
        var end = new AiResponseComplete(
            turn.ThreadId,
            turn.TurnId,
            turn.MessageId,
            run.Answer.Content,
            TurnState.IsStop(status) ? TurnState.Stopped : run.Answer.FinishReason,
            run.Answer.Usage(run.PromptTokens),
            run.Model,
            (long)time.GetElapsedTime(run.BeganAt).TotalMilliseconds,
            run.FirstTextAt is { } first ? (long)time.GetElapsedTime(run.BeganAt, first).TotalMilliseconds : null,
            used);
        return TurnEnding.Of(turn, status, end, run.Answer.Reasoning);
    }

    private static TurnEnding Partial(Turn turn, AnswerProgress run, TurnFailure failure)
    {
        var error = new ConversationError(
            turn.ThreadId, turn.TurnId, turn.MessageId, failure.Sentence, failure.Code, failure.IsRetryable, run.Answer.Content);
        return TurnEnding.Of(failure.Status, error, run.Answer.Reasoning, run.Answer.Usage(run.PromptTokens));
    }

    [LoggerMessage(1, LogLevel.Warning, "Turn {TurnId} failed: {Code}.")]
    private static partial void Failed(ILogger log, string turnId, string code);

    [LoggerMessage(2, LogLevel.Error, "Turn {TurnId} broke.")]
    private static partial void Broken(ILogger log, string turnId, Exception exception);

    [LoggerMessage(4, LogLevel.Information, "Turn {TurnId} is left to another server, which starts it again.")]
    private static partial void HandedOver(ILogger log, string turnId);

    [LoggerMessage(3, LogLevel.Warning, "Turn {TurnId} has no end yet: the next start ends it, or another server.")]
    private static partial void Left(ILogger log, string turnId);
}
