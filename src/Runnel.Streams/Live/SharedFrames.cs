namespace Runnel.Streams.Live;

/// <summary>
/// Bytes that followers of one stream build once and share: a few newest ranges of entries in each projection. Thread-safe.
/// </summary>
public sealed class SharedFrames
{
    private const int Capacity = 4;
    private readonly Frame?[] _recent = new Frame?[Capacity];
    private int _next;

    /// <summary>The bytes that somebody built for a range in a projection; null when nobody did lately.</summary>
    public ReadOnlyMemory<byte>? Find(int projection, long first, long last)
    {
        foreach (var frame in _recent)
        {
            if (frame is not null && frame.First == first && frame.Last == last && frame.Projection == projection)
                return frame.Bytes;
        }

        return null;
    }

    /// <summary>Keeps bytes for the others.</summary>
    public void Keep(int projection, long first, long last, ReadOnlyMemory<byte> bytes) =>
        Volatile.Write(
            ref _recent[(uint)Interlocked.Increment(ref _next) % Capacity], new Frame(projection, first, last, bytes));

    private sealed record Frame(int Projection, long First, long Last, ReadOnlyMemory<byte> Bytes);
}
