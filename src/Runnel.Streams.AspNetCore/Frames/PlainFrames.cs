using System.Buffers;
using System.Text;
using Runnel.Streams.Events;
using Runnel.Streams.Live;

namespace Runnel.Streams.AspNetCore.Frames;

/// <summary>Entries as frames; adjacent deltas of one text go out as one. Frames are built once and shared by the followers
/// of the stream.</summary>
internal sealed class PlainFrames(Follower follower) : IFrames
{
    private const int Projection = 1;
    private const int MaxMergedBytes = 64 * 1024;

    private readonly byte[] _idPrefix = Encoding.UTF8.GetBytes(follower.Position.Prefix());

    public long DueAt => 0;

    public ValueTask WriteAsync(ReadOnlyMemory<LogEntry> entries, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var left = entries.Span;
        while (left.Length > 0)
        {
            var count = CountOfOneFrame(left);
            WriteFrame(left[..count], output);
            left = left[count..];
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask WriteDueAsync(IBufferWriter<byte> output, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private static int CountOfOneFrame(ReadOnlySpan<LogEntry> entries)
    {
        if (entries[0].Event is not { IsDelta: true } first)
            return 1;
        var count = 1;
        var bytes = first.Text.Length;
        while (count < entries.Length && entries[count].Event is { } next && next.IsOfOneTextWith(first))
        {
            bytes += next.Text.Length;
            if (bytes > MaxMergedBytes)
                break;
            count++;
        }

        return count;
    }

    private void WriteFrame(ReadOnlySpan<LogEntry> entries, IBufferWriter<byte> output)
    {
        var last = entries[^1].Number;
        if (!follower.HasCompany)
        {
            BuildBody(entries, output);
        }
        else
        {
            var body = follower.Frames.Find(Projection, entries[0].Number, last) ?? Keep(entries);
            output.Write(body.Span);
        }

        FrameWriter.WriteId(output, _idPrefix, last);
    }

    private ReadOnlyMemory<byte> Keep(ReadOnlySpan<LogEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        BuildBody(entries, buffer);
        follower.Frames.Keep(Projection, entries[0].Number, entries[^1].Number, buffer.WrittenMemory);
        return buffer.WrittenMemory;
    }

    private static void BuildBody(ReadOnlySpan<LogEntry> entries, IBufferWriter<byte> output)
    {
        // An empty place has only an id: the client's position moves on and nothing is dispatched.
        if (entries[0].Event is not { } first)
            return;
        if (!first.IsDelta)
        {
            FrameWriter.WriteEvent(output, first.Name, first.Data.Span);
            return;
        }

        FrameWriter.WriteName(output, first.Name);
        FrameWriter.BeginDelta(output, first.Data.Span);
        foreach (var entry in entries)
            FrameWriter.WriteEscaped(output, entry.Event!.Text.Span);
        output.Write("\"}\n"u8);
    }
}
