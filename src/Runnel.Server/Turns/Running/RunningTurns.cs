using Runnel.Server.Background;

namespace Runnel.Server.Turns.Running;

/// <summary>The turns that run in this process, and those that are about to. Thread-safe.</summary>
internal sealed class RunningTurns(
    TurnRunner runner, RunningTasks tasks, TaskStops stops, Succession succession)
{
    /// <summary>A turn has ended, whatever its end. Listeners return at once and do not fail.</summary>
    public event Action<Turn>? Ended;

    /// <inheritdoc cref="RunningTasks.TryEnter"/>
    public bool TryEnter() => tasks.TryEnter();

    /// <summary>The turn was not accepted, or waits.</summary>
    public void Leave() => tasks.Leave();

    /// <summary>Lets a turn run to its end in the background.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="afterwards">What follows its end; must not fail.</param>
    public void Start(Turn turn, Func<Turn, Task> afterwards) =>
        tasks.Start(turn.TurnId, signals => runner.RunAsync(turn, signals), () => AfterAsync(turn, afterwards));

    /// <inheritdoc cref="Succession.BeginNextAsync"/>
    public Task BeginNextAsync(Func<Task<Action?>> tryBegin, Action<Exception> cannot) =>
        succession.BeginNextAsync(tryBegin, cannot);

    /// <inheritdoc cref="TaskStops.StopAsync"/>
    public Task<bool> StopAsync(string turnId) => stops.StopAsync(turnId);

    private Task AfterAsync(Turn turn, Func<Turn, Task> afterwards)
    {
        Ended?.Invoke(turn);
        return afterwards(turn);
    }
}
