using System.Buffers;
using System.Collections.Concurrent;

namespace Runnel.Streams.AspNetCore.Frames;

/// <summary>
/// Where frames are put together before they go to Kestrel in one piece: a frame is a dozen small writes, and each write to a
/// response takes its lock. Shared by all responses, since only those that write just now need one.
/// </summary>
internal static class Scratch
{
    private const int MaxKept = 64;
    private const int MaxKeptBytes = 256 * 1024;
    private static readonly ConcurrentBag<ArrayBufferWriter<byte>> Kept = [];

    public static ArrayBufferWriter<byte> Rent() => Kept.TryTake(out var scratch) ? scratch : new(4096);

    public static void Return(ArrayBufferWriter<byte> scratch)
    {
        if (scratch.Capacity > MaxKeptBytes || Kept.Count >= MaxKept)
            return;
        scratch.ResetWrittenCount();
        Kept.Add(scratch);
    }
}
