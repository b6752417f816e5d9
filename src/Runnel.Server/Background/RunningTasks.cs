using System.Collections.Concurrent;

namespace Runnel.Server.Background;

/// <summary>What runs in this process on its own, whatever becomes of the requests that began it: turns and rounds of training,
/// by their ids, and those that are about to. Thread-safe.</summary>
internal sealed class RunningTasks : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, TaskSignals> _tasks = new();
    private readonly CancellationTokenSource _interrupt = new();
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private bool _draining;

    /// <summary>To be called before a task is accepted or begun, so that whoever stops the server knows of it; followed by
    /// <see cref="Start"/> or <see cref="Leave"/>. False when the server is stopping.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_draining)
                return false;
            _count++;
            return true;
        }
    }

    /// <summary>The task was not accepted, or waits.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_count == 0 && _draining)
                _allEnded.TrySetResult();
        }
    }

    /// <summary>Lets a task run to its end in the background.</summary>
    /// <param name="id">What it is stopped by.</param>
    /// <param name="run">The task.</param>
    /// <param name="afterwards">What follows its end; must not fail.</param>
    public void Start(string id, Func<TaskSignals, Task> run, Func<Task> afterwards)
    {
        var signals = new TaskSignals(_interrupt.Token);
        _tasks[id] = signals;
        _ = RunAsync(id, signals, run, afterwards);
    }

    /// <summary>Lets go of a task's model at once; the task that is returned completes when it has ended.</summary>
    public Task StopAsync(string id)
    {
        if (!_tasks.TryGetValue(id, out var signals))
            return Task.CompletedTask;
        signals.Stop();
        return signals.Ended;
    }

    /// <summary>Lets no more tasks in and waits for the others to end; those that have not after a time are interrupted.</summary>
    public async Task DrainAsync(TimeSpan grace, TimeProvider time)
    {
        lock (_gate)
        {
            _draining = true;
            if (_count == 0)
                _allEnded.TrySetResult();
        }

        try
        {
            await _allEnded.Task.WaitAsync(grace, time);
        }
        catch (TimeoutException)
        {
            await _interrupt.CancelAsync();
            await _allEnded.Task;
        }
    }

    public void Dispose() => _interrupt.Dispose();

    private async Task RunAsync(string id, TaskSignals signals, Func<TaskSignals, Task> run, Func<Task> afterwards)
    {
        await Task.Yield();
        try
        {
            using (signals)
                await run(signals);
        }
        finally
        {
            _tasks.TryRemove(id, out _);
            signals.HasEnded();
        }

        try
        {
            await afterwards();
        }
        finally
        {
            Leave();
        }
    }
}
