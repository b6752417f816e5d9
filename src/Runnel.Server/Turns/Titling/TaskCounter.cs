namespace Runnel.Server.Turns.Titling;

/// <summary>Counts what is under way. Thread-safe.</summary>
internal sealed class TaskCounter
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _zero = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public TaskCounter() => _zero.SetResult();

    public void Add()
    {
        lock (_gate)
        {
            if (_count++ == 0)
                _zero = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Remove()
    {
        lock (_gate)
        {
            if (--_count == 0)
                _zero.SetResult();
        }
    }

    public Task WhenZeroAsync()
    {
        lock (_gate)
            return _zero.Task;
    }
}
