using System.Collections.Concurrent;

namespace Runnel.Server.Turns;

/// <summary>The turns that run in this process. Thread-safe.</summary>
internal sealed class RunningTurns(TurnRunner runner)
{
    private readonly ConcurrentDictionary<string, (Task Run, CancellationTokenSource Interrupt)> _running = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _perOwner = [];
    private bool _draining;

    /// <summary>Whether new turns are refused because the server is stopping.</summary>
    public bool IsDraining
    {
        get
        {
            lock (_gate)
                return _draining;
        }
    }

    /// <summary>Takes one of the places that a user has; false when all are taken.</summary>
    public bool TryReserve(string ownerId, int places)
    {
        lock (_gate)
        {
            var taken = _perOwner.GetValueOrDefault(ownerId);
            if (taken >= places)
                return false;
            _perOwner[ownerId] = taken + 1;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Release(string ownerId)
    {
        lock (_gate)
        {
            if (--_perOwner[ownerId] == 0)
                _perOwner.Remove(ownerId);
        }
    }

    /// <summary>Lets a turn run to its end in the background; its place is given back then.</summary>
    public void Start(Turn turn)
    {
        var interrupt = new CancellationTokenSource();
        lock (_gate)
        {
            _running[turn.TurnId] = (RunAsync(turn, interrupt.Token), interrupt);
            if (_draining)
                interrupt.Cancel();
        }
    }

    /// <summary>Waits for the turns to end; those that have not after a time are interrupted.</summary>
    public async Task DrainAsync(TimeSpan grace, TimeProvider time)
    {
        lock (_gate)
            _draining = true;
        try
        {
            await WhenAllEndAsync().WaitAsync(grace, time);
        }
        catch (TimeoutException)
        {
            foreach (var (_, interrupt) in _running.Values)
                await interrupt.CancelAsync();
            await WhenAllEndAsync();
        }
    }

    private Task WhenAllEndAsync() => Task.WhenAll(_running.Values.Select(running => running.Run));

    private async Task RunAsync(Turn turn, CancellationToken interrupt)
    {
        await Task.Yield();
        try
        {
            await runner.RunAsync(turn, interrupt);
        }
        finally
        {
            lock (_gate)
                _running.TryRemove(turn.TurnId, out _);
            Release(turn.OwnerId);
        }
    }
}
