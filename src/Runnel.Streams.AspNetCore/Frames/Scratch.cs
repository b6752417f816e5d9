using System.Buffers;
using System.Collections.Concurrent;
using Runnel.Streams.Events;

namespace Runnel.Streams.AspNetCore.Frames;

/// <summary>
/// Where entries are read to, and frames are put together before they go to Kestrel in one piece: a frame is a dozen small
/// writes, and each write to a response takes its lock. Shared by all responses, since only those that write just now need one.
/// </summary>
internal sealed class Scratch
{
    private const int MaxKept = 64;
    private const int MaxKeptBytes = 256 * 1024;
    private static readonly ConcurrentBag<Scratch> Kept = [];

    private int _used;

    private Scratch()
    {
    }

    /// <summary>Frames that do not belong to the response yet.</summary>
    public ArrayBufferWriter<byte> Frames { get; } = new(4096);

    /// <summary>Room for what a follower reads at once.</summary>
    public LogEntry[] Entries { get; } = new LogEntry[256];

    public static Scratch Rent() => Kept.TryTake(out var scratch) ? scratch : new();

    public static void Return(Scratch scratch)
    {
        if (scratch.Frames.Capacity > MaxKeptBytes || Kept.Count >= MaxKept)
            return;
        scratch.Frames.ResetWrittenCount();
        // What is kept holds no events alive.
        Array.Clear(scratch.Entries, 0, scratch._used);
        scratch._used = 0;
        Kept.Add(scratch);
    }

    /// <summary>The first entries, which were read.</summary>
    public Memory<LogEntry> Take(int count)
    {
        _used = Math.Max(_used, count);
        return Entries.AsMemory(0, count);
    }
}
