namespace Runnel.Server.Gates;

/// <summary>
/// So many requests a minute for each caller: all of them at once after a pause, else evenly. A caller is one number, the time
/// at which the allowance is whole again. Callers beyond <see cref="MaxCallers"/> share one allowance, so that whoever comes
/// from ever new addresses fills no memory. Thread-safe.
/// </summary>
internal sealed class Allowances(int perMinute, TimeProvider time)
{
    public const int MaxCallers = 100_000;

    private const string Others = "others";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _wholeAt = [];
    private readonly TimeSpan _each = Window / perMinute;
    private DateTimeOffset _swept = time.GetUtcNow();

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
        var now = time.GetUtcNow();
        lock (_lock)
        {
            Sweep(now);
            var known = _wholeAt.TryGetValue(caller, out var wholeAt);
            if (!known && _wholeAt.Count >= MaxCallers)
                known = _wholeAt.TryGetValue(caller = Others, out wholeAt);
            var next = (known && wholeAt > now ? wholeAt : now) + _each;
            if (next > now + Window)
                return next - now - Window;
            _wholeAt[caller] = next;
            return null;
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        if (now - _swept < Window)
            return;
        _swept = now;
        foreach (var (caller, _) in _wholeAt.Where(pair => pair.Value <= now).ToList())
            _wholeAt.Remove(caller);
    }
}
