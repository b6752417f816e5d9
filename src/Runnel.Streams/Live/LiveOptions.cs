namespace Runnel.Streams.Live;

/// <summary>What the streams that are followed may hold in memory.</summary>
public sealed class LiveOptions
{
    /// <summary>Bytes of newest events of all followed streams together: above 0, 64 MB by default. Beyond it a stream that grows
    /// keeps its newest event only, and followers that lag read from the store.</summary>
    public long TailBytes
    {
        get;
        set => field = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The tails hold at least something.");
    } = 64 * 1024 * 1024;
}
