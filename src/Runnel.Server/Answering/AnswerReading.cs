using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using Runnel.Server.Answering.Pacing;

namespace Runnel.Server.Answering;

/// <summary>Reads what a model says into a log.</summary>
internal sealed class AnswerReading(IAnswerLog answerLog, AnswerProgress run, TimeProvider time)
{
    private const int MaxBatch = 64 * 1024;

    /// <summary>Whatever the model yields without a pause goes into the log as one append. While that is committed the next is
    /// read already, but no further: a store that is slow slows the model down, and memory does not grow. An answer that is
    /// longer than one may be ends there.</summary>
    public async Task ReadAsync(
        IAsyncEnumerable<ChatResponseUpdate> answer, AnswerShare share, CancellationToken cancellationToken)
    {
        await using var updates = answer.GetAsyncEnumerator(cancellationToken);
        while (!run.Answer.IsTooLong)
        {
            var next = updates.MoveNextAsync();
            if (!(next.IsCompleted ? await next : await WriteMeanwhileAsync(next)))
                break;
            run.Answer.Add(updates.Current, share.AnswerLimit);
            if (run.Answer.NewCharacters > MaxBatch)
                await WriteAsync(isEnd: false);
            if (!share.TryHold(run.Answer.Characters))
                await WaitForRoomAsync(share, cancellationToken);
        }

        await WriteAsync(isEnd: true);
    }

    /// <summary>Writes what is new.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(bool isEnd)
    {
        var pieces = run.Answer.TakeNew(isEnd);
        if (pieces.Count == 0)
            return;
        if (run.FirstTextAt is null)
            (run.FirstTextAt, run.FirstTextModel) = (time.GetTimestamp(), run.ModelName);
        await answerLog.WriteAsync(pieces);
    }

    /// <summary>What has been read is shown before.</summary>
    private async Task WaitForRoomAsync(AnswerShare share, CancellationToken cancellationToken)
    {
        await WriteAsync(isEnd: false);
        await share.WaitAsync(cancellationToken);
    }

    /// <summary>Whether there is more. The model's answer is always waited for, since it must not be left in the middle.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WriteMeanwhileAsync(ValueTask<bool> next)
    {
        ExceptionDispatchInfo? failure = null;
        try
        {
            await WriteAsync(isEnd: false);
        }
        catch (Exception fault)
        {
            failure = ExceptionDispatchInfo.Capture(fault);
        }

        try
        {
            return await next;
        }
        finally
        {
            failure?.Throw();
        }
    }
}
