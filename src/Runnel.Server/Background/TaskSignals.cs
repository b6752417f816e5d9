namespace Runnel.Server.Background;

/// <summary>How a running task is told to end before its time. Thread-safe.</summary>
internal sealed class TaskSignals(CancellationToken shutdown) : IDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopped;

    /// <summary>Cancelled by whatever ends the task.</summary>
    public CancellationToken End => _end.Token;

    /// <summary>Cancelled when the process stops: nothing more can be waited for.</summary>
    public CancellationToken Shutdown => shutdown;

    /// <summary>Whether somebody stopped it, in one way or the other.</summary>
    public bool IsStopped => _isStopped;

    /// <summary>Completes when the task has ended and its end can be read.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Lets go of the model at once. Does not wait for anything.</summary>
    public void Stop()
    {
        _isStopped = true;
        try
        {
            // What the cancellation sets off must not hold up, nor fail, whoever stops.
            _ = _end.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    public void HasEnded() => _ended.TrySetResult();

    public void Dispose() => _end.Dispose();
}
