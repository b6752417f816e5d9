using System.Collections.Concurrent;

namespace Runnel.Server.Turns.Running;

/// <summary>The turns that run in this process, and those that are about to. Thread-safe.</summary>
internal sealed class RunningTurns(TurnRunner runner) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, TurnSignals> _turns = new();
    private readonly CancellationTokenSource _interrupt = new();
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private bool _draining;

    /// <summary>A turn has ended, whatever its end. Listeners return at once and do not fail.</summary>
    public event Action<Turn>? Ended;

    /// <summary>To be called before a turn is accepted or begun, so that whoever stops the server knows of it; followed by
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

    /// <summary>The turn was not accepted, or waits.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_count == 0 && _draining)
                _allEnded.TrySetResult();
        }
    }

    /// <summary>Lets a turn run to its end in the background.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="afterwards">What follows its end; must not fail.</param>
    public void Start(Turn turn, Func<Turn, Task> afterwards)
    {
        var signals = new TurnSignals(_interrupt.Token);
        _turns[turn.TurnId] = signals;
        _ = RunAsync(turn, signals, afterwards);
    }

    /// <summary>Lets go of a turn's model at once; the task completes when the turn has ended.</summary>
    public Task StopAsync(string turnId)
    {
        if (!_turns.TryGetValue(turnId, out var signals))
            return Task.CompletedTask;
        signals.Stop();
        return signals.Ended;
    }

    /// <summary>Lets no more turns in and waits for the others to end; those that have not after a time are interrupted.</summary>
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

    private async Task RunAsync(Turn turn, TurnSignals signals, Func<Turn, Task> afterwards)
    {
        await Task.Yield();
        try
        {
            using (signals)
                await runner.RunAsync(turn, signals);
        }
        finally
        {
            _turns.TryRemove(turn.TurnId, out _);
            signals.HasEnded();
            Ended?.Invoke(turn);
        }

        try
        {
            await afterwards(turn);
        }
        finally
        {
            Leave();
        }
    }
}
