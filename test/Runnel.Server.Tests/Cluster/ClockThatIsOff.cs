namespace Runnel.Server.Tests.Cluster;

/// <summary>A machine's clock that was set wrong. Timers and timestamps are right.</summary>
internal sealed class ClockThatIsOff(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
