namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>Spreads what would else happen to everybody at once.</summary>
internal static class Jitter
{
    /// <summary>A random time around another, at most a share of it away.</summary>
    public static TimeSpan Around(TimeSpan time, double share) =>
        time * (1 + (((Random.Shared.NextDouble() * 2) - 1) * share));
}
