namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>Places for some open responses. It never moves, so that a place can be written to without a lock.</summary>
internal sealed class OpenPage
{
    public const int Size = 256;

    /// <summary>Who has each place; null when it is free.</summary>
    public SseConnection?[] Connections { get; } = new SseConnection?[Size];

    /// <summary>When each is to be looked at next, as a timestamp.</summary>
    public long[] CheckAt { get; } = new long[Size];
}
