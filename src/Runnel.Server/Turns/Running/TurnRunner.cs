using Microsoft.Extensions.AI;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Metrics;
using Runnel.Server.Turns.States;
using Runnel.Streams;

namespace Runnel.Server.Turns.Running;

/// <summary>
/// Runs one turn: says that it starts, asks the model, writes its text into the log as it comes, and ends the turn once. It
/// knows nothing of requests and readers.
/// </summary>
internal sealed partial class TurnRunner(
    IEventStreams streams,
    ModelContext context,
    TurnEnds ends,
    TurnMetrics metrics,
    TimeProvider time,
    ILogger<TurnRunner> log)
{
    private const int MaxBatch = 64 * 1024;

    public async Task RunAsync(Turn turn, TurnSignals signals)
    {
        var turnLog = new TurnLog(streams, turn, time, signals.Shutdown);
        var run = new TurnProgress { BeganAt = time.GetTimestamp() };
        metrics.Begin();
        var fault = await AnswerAsync(turn, turnLog, run, signals.End);
        var status = TurnState.Failed;
        try
        {
            status = await EndAsync(turn, turnLog, run, fault, signals);
        }
        catch (Exception again)
        {
            // Nothing more can be written: the process is stopping, or the conversation is gone. The next start ends the turn.
            Broken(log, turn.TurnId, again);
        }

        metrics.End(TurnState.IsStop(status) ? TurnState.Stopped : status, run.BeganAt, run.FirstTextAt);
    }

    /// <summary>What kept the answer from being whole; null when it is.</summary>
    private async Task<Exception?> AnswerAsync(Turn turn, TurnLog turnLog, TurnProgress run, CancellationToken end)
    {
        try
        {
            await turnLog.StartAsync(attempt: 1);
            var messages = await context.ReadAsync(turn, end);
            run.PromptCharacters = messages.Sum(message => message.Text.Length);
            await StreamAsync(turn, messages, turnLog, run, end);
            return null;
        }
        catch (Exception fault)
        {
            return fault;
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

    private async Task<string> EndAsync(
        Turn turn, TurnLog turnLog, TurnProgress run, Exception? fault, TurnSignals signals)
    {
        if (fault is null || (signals.IsStopped && fault is OperationCanceledException))
        {
            await WriteAsync(turnLog, run, isEnd: true);
            var status = fault is null ? TurnState.Complete : TurnState.Stopped;
            return await ends.WriteAsync(turn, turnLog, status, Whole);
        }

        var failure = TurnFailure.From(fault, signals.Shutdown.IsCancellationRequested);
        if (failure.Code == TurnFailure.Internal)
            Broken(log, turn.TurnId, fault);
        else
            Failed(log, turn.TurnId, failure.Code);
        await WriteAsync(turnLog, run, isEnd: true);
        return await ends.WriteAsync(
            turn, turnLog, failure.Status, status => status == failure.Status ? Partial(failure) : Whole(status));

        TurnEnding Whole(string status) =>
            TurnEnding.Of(turn, status, Completed(turn, run, status), run.Answer.Reasoning);

        TurnEnding Partial(TurnFailure failure) => TurnEnding.Of(
            failure.Status,
            new ConversationError(
                turn.ThreadId, turn.TurnId, turn.MessageId, failure.Sentence, failure.Code, failure.IsRetryable, run.Answer.Content),
            run.Answer.Reasoning,
            run.Answer.Usage(run.PromptCharacters));
    }

    private AiResponseComplete Completed(Turn turn, TurnProgress run, string status) => new(
        turn.ThreadId,
        turn.TurnId,
        turn.MessageId,
        run.Answer.Content,
        TurnState.IsStop(status) ? TurnState.Stopped : run.Answer.FinishReason,
        run.Answer.Usage(run.PromptCharacters),
        turn.Model.Model,
        (long)time.GetElapsedTime(run.BeganAt).TotalMilliseconds,
        run.FirstTextAt is { } first ? (long)time.GetElapsedTime(run.BeganAt, first).TotalMilliseconds : null,
        []);

    [LoggerMessage(1, LogLevel.Warning, "Turn {TurnId} failed: {Code}.")]
    private static partial void Failed(ILogger log, string turnId, string code);

    [LoggerMessage(2, LogLevel.Error, "Turn {TurnId} broke.")]
    private static partial void Broken(ILogger log, string turnId, Exception exception);
}
