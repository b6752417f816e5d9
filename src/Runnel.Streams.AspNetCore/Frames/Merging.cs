using System.Buffers;
using Runnel.Streams.Events;

namespace Runnel.Streams.AspNetCore.Frames;

/// <summary>Adjacent deltas of one text may go out as one: their texts joined, the id of the last. It is the only merging there
/// is.</summary>
internal static class Merging
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>How many of the entries, from the first on, go out together.</summary>
    public static int CountOfOneFrame(ReadOnlySpan<LogEntry> entries)
    {
        if (entries[0].Event is not { IsDelta: true } first)
            return 1;
        var count = 1;
        var bytes = first.Text.Length;
        while (count < entries.Length && entries[count].Event is { } next && next.IsOfOneTextWith(first))
        {
            bytes += next.Text.Length;
            if (bytes > MaxBytes)
                break;
            count++;
        }

        return count;
    }

    /// <summary>The JSON object of deltas that go out together.</summary>
    public static ReadOnlySpan<byte> Data(ReadOnlySpan<LogEntry> entries)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteData(entries, output);
        return output.WrittenSpan;
    }

    /// <inheritdoc cref="Data"/>
    public static void WriteData(ReadOnlySpan<LogEntry> entries, IBufferWriter<byte> output)
    {
        var data = entries[0].Event!.Data.Span;
        output.Write(data[..^1]);
        output.Write(data.Length > 2 ? ",\"content\":\""u8 : "\"content\":\""u8);
        foreach (var entry in entries)
            FrameWriter.WriteEscaped(output, entry.Event!.Text.Span);
        output.Write("\"}"u8);
    }
}
