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

    private readonly byte[] _idPrefix = Encoding.UTF8.GetBytes(follower.Position.Prefix());

    public long Count { get; private set; }

    public long DueAt => 0;

    public ValueTask WriteAsync(ReadOnlyMemory<LogEntry> entries, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var left = entries.Span;
        // Those who are behind are each somewhere else: what one builds the others would not find.
        var share = follower.HasCompany && follower.IsCaughtUp;
        while (left.Length > 0)
        {
            var count = Merging.CountOfOneFrame(left);
            WriteFrame(left[..count], share, output);
            left = left[count..];
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask WriteDueAsync(IBufferWriter<byte> output, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask FinishAsync(IBufferWriter<byte> output, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private void WriteFrame(ReadOnlySpan<LogEntry> entries, bool share, IBufferWriter<byte> output)
    {
        var last = entries[^1].Number;
        if (!share)
        {
            BuildBody(entries, output);
        }
        else
        {
            var body = follower.Frames.Find(Projection, entries[0].Number, last) ?? Keep(entries);
            output.Write(body.Span);
        }

        FrameWriter.WriteId(output, _idPrefix, last);
        Count++;
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
        output.Write("data: "u8);
        Merging.WriteData(entries, output);
        output.Write("\n"u8);
    }
}
