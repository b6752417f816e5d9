namespace Runnel.Server.Background;

/// <summary>Stops tasks, whichever server runs them. Thread-safe.</summary>
internal sealed class TaskStops
{
    private const string Stop = "stop";

    private readonly RunningTasks _tasks;
    private readonly Signals _signals;

    public TaskStops(RunningTasks tasks, Signals signals)
    {
        (_tasks, _signals) = (tasks, signals);
        signals.Hear(Stop, id => _ = tasks.StopAsync(id));
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

        // Who is not told finds in the database that it is to stop.
        await _signals.TellAsync(Stop, id);
        return false;
    }
}
