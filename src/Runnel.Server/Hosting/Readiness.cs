namespace Runnel.Server.Hosting;

/// <summary>Whether new work is welcome. Thread-safe.</summary>
internal sealed class Readiness
{
    private volatile bool _draining;

    /// <summary>The server is about to stop.</summary>
    public bool IsDraining => _draining;

    /// <summary>From now on <c>/health/ready</c> answers 503. There is no way back.</summary>
    public void Drain() => _draining = true;
}
