namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>How open streams behave. Ranges are checked where the options are bound.</summary>
public sealed class SseOptions
{
    /// <summary>How long a stream may be silent before a heartbeat goes out: 1 s to 10 min, 15 s by default.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a response lives before the client is asked to reconnect, ± 20 % so that they do not all come back at
    /// once: 1 s to 7 days, 30 min by default.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a client's socket may make no progress before it is cut: 30 s by default.</summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What a client is told to wait before it reconnects, ± 50 %: 2 s by default.</summary>
    public TimeSpan Retry { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many responses may be open at once: above 0, 100,000 by default. See
    /// <see cref="Places.StreamPlaces"/>.</summary>
    public int Streams { get; set; } = 100_000;

    /// <summary>How many of them one reader may have: above 0; as many as there are in all by default.</summary>
    public int StreamsPerReader { get; set; } = int.MaxValue;
}
