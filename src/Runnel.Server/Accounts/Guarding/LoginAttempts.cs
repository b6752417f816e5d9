using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Hosting;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>
/// Failed sign-ins of the last minute, per account and per address, in memory. An attempt counts as failed until it is forgiven,
/// so that many at once do not slip through. Thread-safe.
/// </summary>
internal sealed class LoginAttempts(IOptions<LimitsOptions> limits, TimeProvider time)
{
    /// <summary>How many accounts and addresses are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _failures.Count;
        }
    }

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<DateTimeOffset>> _failures = [];
    private DateTimeOffset _swept = time.GetUtcNow();

    /// <summary>Counts the attempt, unless it comes too early: then nothing is counted, and the answer is how long to wait.</summary>
    public TimeSpan? Begin(LoginAttempt attempt)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            Sweep(now);
            var wait = attempt.Keys.Max(key => WaitOf(key, now));
            if (wait > TimeSpan.Zero)
                return wait;
            foreach (var key in attempt.Keys)
                Of(key).Add(now);
            return null;
        }
    }

    public static Problem Refusal(TimeSpan wait) => Problems.TooMany(
        "too_many_attempts", "Too many failed attempts to sign in. Wait, then try again.", wait);

    /// <summary>It was the right password after all.</summary>
    public void Forgive(LoginAttempt attempt)
    {
        lock (_lock)
        {
            foreach (var failures in attempt.Keys.Select(Of).Where(failures => failures.Count > 0))
                failures.RemoveAt(failures.Count - 1);
        }
    }

    private TimeSpan WaitOf(string key, DateTimeOffset now)
    {
        if (!_failures.TryGetValue(key, out var failures))
            return TimeSpan.Zero;
        failures.RemoveAll(failure => failure + Window <= now);
        return failures.Count < limits.Value.FailedLoginsPerMinute ? TimeSpan.Zero : failures[0] + Window - now;
    }

    private List<DateTimeOffset> Of(string key)
    {
        if (!_failures.TryGetValue(key, out var failures))
            _failures[key] = failures = [];
        return failures;
    }

    private void Sweep(DateTimeOffset now)
    {
        if (now - _swept < Window)
            return;
        _swept = now;
        foreach (var key in _failures.Keys.Where(key => _failures[key].TrueForAll(at => at + Window <= now)).ToList())
            _failures.Remove(key);
    }
}
