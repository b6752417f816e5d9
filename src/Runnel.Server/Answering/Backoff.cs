namespace Runnel.Server.Answering;

/// <summary>How long to wait before a model is asked again. Arithmetic only.</summary>
internal static class Backoff
{
    /// <summary>What a model's server may ask us to wait; longer, and nobody wants to sit there.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    /// <param name="failures">How often this model has failed in this turn, from 1.</param>
    /// <param name="retryAfter">What its server asked for; null when it did not.</param>
    /// <param name="chance">From 0 to 1, drawn anew each time, so that turns which failed together do not come back together.
    /// </param>
    public static TimeSpan Wait(int failures, TimeSpan? retryAfter, double chance)
    {
        var backoff = First * Math.Pow(2, failures - 1);
        return retryAfter is { } asked ? asked + First * chance : backoff * (0.5 + chance / 2);
    }
}
