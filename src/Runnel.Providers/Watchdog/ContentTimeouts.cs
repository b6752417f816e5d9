namespace Runnel.Providers.Watchdog;

/// <summary>
/// How long to wait for visible content: text or reasoning. Keep-alives, roles and empty deltas do not count.
/// </summary>
public sealed class ContentTimeouts
{
    /// <summary>From the question to the first visible content. Default 30 s.</summary>
    public TimeSpan FirstToken { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From visible content to the next. Default 30 s.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the question to the end of the answer. Default 600 s.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>Checks that every limit is longer than nothing and shorter than a day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not; the message names it.</exception>
    public void Validate()
    {
        Check(FirstToken, nameof(FirstToken));
        Check(Stall, nameof(Stall));
        Check(Total, nameof(Total));
    }

    private static void Check(TimeSpan limit, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, TimeSpan.FromDays(1), name);
    }
}
