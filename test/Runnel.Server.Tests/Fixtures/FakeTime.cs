namespace Runnel.Server.Tests.Fixtures;

/// <summary>
/// A clock that stands still until it is told to move. Timers are the system's, and so are timestamps, which leap when it moves
/// on. Set back, it leaves them alone, as a machine does.
/// </summary>
public sealed class FakeTime : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private TimeSpan _leapt;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp()
    {
        lock (_lock)
            return base.GetTimestamp() + _leapt.Ticks * (TimestampFrequency / TimeSpan.TicksPerSecond);
    }

    public void Advance(TimeSpan by)
    {
        lock (_lock)
        {
            _now += by;
            _leapt += by > TimeSpan.Zero ? by : TimeSpan.Zero;
        }
    }
}
