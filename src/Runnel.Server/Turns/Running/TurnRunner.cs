using Microsoft.Extensions.AI;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Metrics;
using Runnel.Streams;

namespace Runnel.Server.Turns.Running;

/// <summary>
/// Runs one turn: says that it starts, asks the model, writes its text into the log as it comes, and ends the turn once. It
/// knows nothing of requests and readers.
/// </summary>
internal sealed partial class TurnRunner(
    IEventStreams streams, ModelContext context, TurnMetrics metrics, TimeProvider time, ILogger<TurnRunner> log)
{
    private const int MaxBatch = 64 * 1024;

    public async Task RunAsync(Turn turn, CancellationToken interrupt)
    {
        var began = time.GetTimestamp();
        var turnLog = new TurnLog(streams, turn, time, interrupt);
        var run = new TurnProgress();
        metrics.Begin();
        try
        {
            await turnLog.StartAsync(attempt: 1);
            var messages = await context.ReadAsync(turn, interrupt);
            run.PromptCharacters = messages.Sum(message => message.Text.Length);
            await StreamAsync(turn, messages, turnLog, run, interrupt);
            await turnLog.CompleteAsync(Completed(turn, run, began), run.Answer);
            metrics.End("complete", began, run.FirstTextAt);
        }
        catch (Exception exception)
        {
            await FailAsync(turn, turnLog, run, exception, interrupt);
            metrics.End(TurnFailure.From(exception, interrupt.IsCancellationRequested).Status, began, run.FirstTextAt);
        }
    }

    /// <summary>Whatever the model yields without a pause goes into the log as one append. While that is committed the next is
    /// read already, but no further: a store that is slow slows the model down, and memory does not grow.</summary>
    private async Task StreamAsync(
        Turn turn, List<ChatMessage> messages, TurnLog turnLog, TurnProgress run, CancellationToken interrupt)
    {
        await using var updates = turn.Model.Client
            .GetStreamingResponseAsync(messages, new ChatOptions { ModelId = turn.Model.Model }, interrupt)
            .GetAsyncEnumerator(interrupt);
        var answer = run.Answer;
        while (true)
        {
            var next = updates.MoveNextAsync();
            if (!(next.IsCompleted ? await next : await WriteMeanwhileAsync(next, turnLog, run)))
                break;
            answer.Add(updates.Current);
            if (answer.NewCharacters > MaxBatch)
                await WriteAsync(turnLog, run, isEnd: false);
        }

        await WriteAsync(turnLog, run, isEnd: true);
    }

    private async ValueTask<bool> WriteMeanwhileAsync(ValueTask<bool> next, TurnLog turnLog, TurnProgress run)
    {
        var waiting = next.AsTask();
        try
        {
            await WriteAsync(turnLog, run, isEnd: false);
        }
        finally
        {
            await ((Task)waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await waiting;
    }

    private async Task WriteAsync(TurnLog turnLog, TurnProgress run, bool isEnd)
    {
        var pieces = run.Answer.TakeNew(isEnd);
        if (pieces.Count == 0)
            return;
        run.FirstTextAt ??= time.GetTimestamp();
        await turnLog.WriteAsync(pieces);
    }

    private AiResponseComplete Completed(Turn turn, TurnProgress run, long began) => new(
        turn.ThreadId,
        turn.TurnId,
        turn.MessageId,
        run.Answer.Content,
        run.Answer.FinishReason,
        run.Answer.Usage(run.PromptCharacters),
        turn.Model.Model,
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
            await WriteAsync(turnLog, run, isEnd: true);
            var error = new ConversationError(
                turn.ThreadId, turn.TurnId, turn.MessageId, failure.Sentence, failure.Code, failure.IsRetryable, run.Answer.Content);
            await turnLog.FailAsync(error, failure.Status, run.Answer.Reasoning, run.Answer.Usage(run.PromptCharacters));
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
