using System.Runtime.CompilerServices;

namespace Runnel.Server.Answering.Pacing;

/// <summary>Lets go of a source that does not end when it is told to. Whoever stops an answer does not wait for a client that
/// ignores cancellation: what it has yielded so far counts, and whatever it yields later nobody reads.</summary>
internal static class LettingGo
{
    /// <summary>How long a source has to end after it was cancelled.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async IAsyncEnumerable<T> WhenCancelled<T>(
        IAsyncEnumerable<T> source, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var items = source.GetAsyncEnumerator(cancellationToken);
        var isLeft = false;
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var next = items.MoveNextAsync().AsTask();
                if (!next.IsCompleted && !await EndsAsync(next, time, cancellationToken))
                {
                    isLeft = true;
                    _ = LeaveAsync(items, next);
                    throw new OperationCanceledException(cancellationToken);
                }

                if (!await next)
                    yield break;
                yield return items.Current;
            }
        }
        finally
        {
            if (!isLeft)
                await items.DisposeAsync();
        }
    }

    /// <summary>Whether it comes to an end, be it a failure, before patience does.</summary>
    private static async Task<bool> EndsAsync(Task waiting, TimeProvider time, CancellationToken cancellationToken)
    {
        await waiting.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!waiting.IsCompleted)
            await waiting.WaitAsync(Patience, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return waiting.IsCompleted;
    }

    private static async Task LeaveAsync<T>(IAsyncEnumerator<T> items, Task waiting)
    {
        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await items.DisposeAsync();
    }
}
