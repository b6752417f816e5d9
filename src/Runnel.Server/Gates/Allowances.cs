namespace Runnel.Server.Gates;

/// <summary>
/// So many requests a minute for each caller: all of them at once after a pause, else evenly. A caller is one number, the time
/// at which the allowance is whole again. Callers beyond <see cref="MaxCallers"/> share one allowance, so that whoever comes
/// from ever new addresses fills no memory. What other servers counted can be told. Thread-safe.
/// </summary>
internal sealed class Allowances(int perMinute, TimeProvider time)
{
    public const int MaxCallers = 100_000;

    private const string Others = "others";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _wholeAt = [];
    private Dictionary<string, int> _untold = [];
    private DateTimeOffset _swept = time.GetUtcNow();

    /// <summary>What one request takes of a minute.</summary>
    public TimeSpan Each { get; } = Window / perMinute;

    /// <summary>Is told, outside of any lock, how many of a caller's requests nobody has taken with <see cref="TakeUntold"/>.
    /// Set before the first request where others count too, or never.</summary>
    public Action<int>? Counted { get; set; }

    /// <summary>How many callers are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _wholeAt.Count;
        }
    }

    /// <summary>Counts a request; or says, without counting it, how long to wait before the next.</summary>
    public TimeSpan? Take(string caller)
    {
        var (wait, untold) = Decide(caller);
        if (wait is null)
            Counted?.Invoke(untold);
        return wait;
    }

    /// <summary>The requests that were counted since the last call.</summary>
    public IReadOnlyDictionary<string, int> TakeUntold()
    {
        lock (_lock)
        {
            var untold = _untold;
            _untold = [];
            return untold;
        }
    }

    /// <summary>Takes what was counted everywhere.</summary>
    /// <param name="caller">Whose allowance it is.</param>
    /// <param name="until">How long it takes to be whole again, without the requests that were counted here since.</param>
    public void Hear(string caller, TimeSpan until)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            var heard = now + until + _untold.GetValueOrDefault(caller) * Each;
            if (heard > now + Window)
                heard = now + Window;
            if (_wholeAt.TryGetValue(caller, out var known) && known < heard)
                _wholeAt[caller] = heard;
        }
    }

    private (TimeSpan? Wait, int Untold) Decide(string caller)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            Sweep(now);
            var known = _wholeAt.TryGetValue(caller, out var wholeAt);
            if (!known && _wholeAt.Count >= MaxCallers)
                known = _wholeAt.TryGetValue(caller = Others, out wholeAt);
            // Nobody is noted further ahead than the window: the clock was set back.
            var next = (known && wholeAt > now && wholeAt <= now + Window ? wholeAt : now) + Each;
            if (next > now + Window)
                return (next - now - Window, 0);
            _wholeAt[caller] = next;
            return (null, Counted is null ? 0 : _untold[caller] = _untold.GetValueOrDefault(caller) + 1);
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        if ((now - _swept).Duration() < Window)
            return;
        _swept = now;
        foreach (var (caller, _) in _wholeAt.Where(pair => pair.Value <= now).ToList())
            _wholeAt.Remove(caller);
    }
}
