using Runnel.Streams.Stores;

namespace Runnel.Server.Background;

/// <summary>Stops tasks, whichever process runs them. Thread-safe.</summary>
internal sealed partial class TaskStops : IDisposable
{
    private const string Stop = "stop ";

    private readonly RunningTasks _tasks;
    private readonly ISharedStore? _store;
    private readonly ILogger<TaskStops> _log;
    private readonly CancellationTokenSource _ending = new();

    public TaskStops(RunningTasks tasks, IStreamStore store, ILogger<TaskStops> log)
    {
        (_tasks, _store, _log) = (tasks, store as ISharedStore, log);
        if (_store is not null)
            _store.Signalled = Take;
    }

    /// <summary>Lets go of a task's model at once. True, when it has ended, where this process ran it; else the others have been
    /// told, and whoever calls looks into the database for the end.</summary>
    public async Task<bool> StopAsync(string id)
    {
        if (_tasks.StopAsync(id) is { IsCompleted: false } ended)
        {
            await ended;
            return true;
        }

        if (_store is not null)
            await TellAsync(_store, id);
        return false;
    }

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    /// <summary>What is not told is found in the database by the process that runs the task.</summary>
    private async Task TellAsync(ISharedStore store, string id)
    {
        try
        {
            await store.SignalAsync(Stop + id, _ending.Token);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
        {
            NotTold(_log, id, exception);
        }
    }

    private void Take(string text)
    {
        if (text.StartsWith(Stop, StringComparison.Ordinal))
            _ = _tasks.StopAsync(text[Stop.Length..]);
    }

    [LoggerMessage(1, LogLevel.Debug, "The process that runs {TaskId} was not told to stop it; it will find that itself.")]
    private static partial void NotTold(ILogger log, string taskId, Exception exception);
}
