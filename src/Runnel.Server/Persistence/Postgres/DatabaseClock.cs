namespace Runnel.Server.Persistence.Postgres;

/// <summary>
/// The time of the database, which is the same for all servers on it, whatever their machines' clocks say. Between two readings it
/// goes on by the machine's own count of time, which no clock that is set reaches. Timers and timestamps are the machine's.
/// Thread-safe; readings come one at a time.
/// </summary>
/// <param name="machine">The machine's clock, which is shown until the first reading.</param>
internal sealed class DatabaseClock(TimeProvider machine) : TimeProvider
{
    /// <summary>The key under which the machine's clock is registered.</summary>
    public const string Machine = "machine";

    /// <summary>The longest round trip of a reading that counts: it is wrong by half of that at most.</summary>
    private static readonly TimeSpan LongestTrip = TimeSpan.FromSeconds(1);

    /// <summary>A step further than this is believed when a second reading says the same.</summary>
    private static readonly TimeSpan LargestStep = TimeSpan.FromSeconds(10);

    private volatile Reading? _reading;
    private Reading? _doubtful;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    /// <summary>By how much the machine's clock is behind.</summary>
    public TimeSpan Behind => GetUtcNow() - machine.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _reading?.At(machine) ?? machine.GetUtcNow();

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Takes a reading; false when it is too inexact, or too odd to be believed at once: read again.</summary>
    /// <param name="read">What the database said.</param>
    /// <param name="asked">The timestamp before it was asked; its answer has just come.</param>
    public bool TryTake(DateTimeOffset read, long asked)
    {
        var answered = machine.GetTimestamp();
        var trip = machine.GetElapsedTime(asked, answered);
        if (trip > LongestTrip)
            return false;
        var next = new Reading(read + trip / 2, answered);
        var step = (_reading is { } known ? next.Utc - known.At(machine) : TimeSpan.Zero).Duration();
        if (step > LargestStep && (_doubtful is null || (next.Utc - _doubtful.At(machine)).Duration() > LongestTrip))
        {
            _doubtful = next;
            return false;
        }

        _doubtful = null;
        // What the round trip explains is no step: time would tremble.
        if (_reading is null || step > trip)
            _reading = next;
        return true;
    }

    private sealed record Reading(DateTimeOffset Utc, long Timestamp)
    {
        public DateTimeOffset At(TimeProvider machine) => Utc + machine.GetElapsedTime(Timestamp);
    }
}
