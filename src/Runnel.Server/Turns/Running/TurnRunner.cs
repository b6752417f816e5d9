using Runnel.Server.Conversations.Events;
using Runnel.Server.Metrics;
using Runnel.Streams;

namespace Runnel.Server.Turns.Running;

/// <summary>
/// Runs one turn: has the answer written into the log as it comes, and ends the turn once. It knows nothing of requests and
/// readers.
/// </summary>
internal sealed partial class TurnRunner(
    IEventStreams streams, Asking asking, TurnMetrics metrics, TimeProvider time, ILogger<TurnRunner> log)
{
    public async Task RunAsync(Turn turn, CancellationToken interrupt)
    {
        var began = time.GetTimestamp();
        var turnLog = new TurnLog(streams, turn, time, interrupt);
        var run = new TurnProgress { Model = turn.Model.Model };
        metrics.Begin();
        try
        {
            await asking.AskAsync(turn, turnLog, run, interrupt);
            await turnLog.CompleteAsync(Completed(turn, run, began), run.Answer);
            metrics.End("complete", began, run.FirstTextAt);
        }
        catch (Exception exception)
        {
            await FailAsync(turn, turnLog, run, exception, interrupt);
            metrics.End(TurnFailure.From(exception, interrupt.IsCancellationRequested).Status, began, run.FirstTextAt);
        }
    }

    private AiResponseComplete Completed(Turn turn, TurnProgress run, long began) => new(
        turn.ThreadId,
        turn.TurnId,
        turn.MessageId,
        run.Answer.Content,
        run.Answer.FinishReason,
        run.Answer.Usage(run.PromptTokens),
        run.Model,
        (long)time.GetElapsedTime(began).TotalMilliseconds,
        run.FirstTextAt is { } first ? (long)time.GetElapsedTime(began, first).TotalMilliseconds : null,
        []);

    private async Task FailAsync(
        Turn turn, TurnLog turnLog, TurnProgress run, Exception exception, CancellationToken interrupt)
    {
        var failure = TurnFailure.From(exception, interrupt.IsCancellationRequested);
        if (failure.Code == TurnFailure.Internal)
            Broken(log, turn.TurnId, exception);
        else
            Failed(log, turn.TurnId, failure.Code);
        try
        {
            await new AnswerReading(turnLog, run, time).WriteAsync(isEnd: true);
            var error = new ConversationError(
                turn.ThreadId, turn.TurnId, turn.MessageId, failure.Sentence, failure.Code, failure.IsRetryable, run.Answer.Content);
            await turnLog.FailAsync(error, failure.Status, run.Answer.Reasoning, run.Answer.Usage(run.PromptTokens));
        }
        catch (Exception again)
        {
            // Nothing more can be written: the process is stopping, or the conversation is gone. The next start ends the turn.
            Broken(log, turn.TurnId, again);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Turn {TurnId} failed: {Code}.")]
    private static partial void Failed(ILogger log, string turnId, string code);

    [LoggerMessage(2, LogLevel.Error, "Turn {TurnId} broke.")]
    private static partial void Broken(ILogger log, string turnId, Exception exception);
}
