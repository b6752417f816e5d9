using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Hosting;

namespace Runnel.Server.Accounts.Guarding;

/// <summary>Failed sign-ins in memory, where there is one server.</summary>
internal sealed class LoginAttempts(IOptions<LimitsOptions> limits, TimeProvider time) : ILoginAttempts
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

    public static Problem Refusal(TimeSpan wait) => Problems.TooMany(
        "too_many_attempts", "Too many failed attempts to sign in. Wait, then try again.", wait);

    public ValueTask<TimeSpan?> BeginAsync(LoginAttempt attempt, CancellationToken cancellationToken) => new(Begin(attempt));

    public ValueTask ForgiveAsync(LoginAttempt attempt)
    {
        Forgive(attempt);
        return ValueTask.CompletedTask;
    }

    private TimeSpan? Begin(LoginAttempt attempt)
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

    private void Forgive(LoginAttempt attempt)
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
