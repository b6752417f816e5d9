using System.Buffers;
using System.Text;
using Runnel.Streams.Events;
using Runnel.Streams.Live;

namespace Runnel.Streams.AspNetCore.Frames;

/// <summary>
/// Entries as frames in which every delta also carries all of its text so far. So that this never costs the square of a text,
/// deltas of a long one are held back and go out together: live at most 4 times a second beyond 8 kB and once beyond 64 kB, in
/// replay whenever the text has doubled. What is held back is a range of numbers, not bytes.
/// </summary>
internal sealed class AccumulatedFrames(Follower follower, AccumulatedTexts texts, TimeProvider time) : IFrames
{
    private const int FreeBytes = 8 * 1024;
    private const int LongBytes = 64 * 1024;
    private const int ReplayBytes = 4 * 1024;

    private readonly byte[] _idPrefix = Encoding.UTF8.GetBytes(follower.Position.Prefix());
    private HeldDeltas? _held;
    private (StreamName Stream, long Since) _lastText;
    private long _lastWritten;

    public long DueAt { get; private set; }

    public async ValueTask WriteAsync(
        ReadOnlyMemory<LogEntry> entries, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries.Span[i];
            if (entry.Event is { IsDelta: true, Since: > 0 } delta)
            {
                await HoldAsync(entry.Number, delta, output, cancellationToken);
                continue;
            }

            await ReleaseAsync(whole: true, output, cancellationToken);
            WriteOther(entry, output);
        }

        await WriteDueAsync(output, cancellationToken);
    }

    public async ValueTask WriteDueAsync(IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        DueAt = 0;
        if (_held is not { } held)
            return;
        var (_, whole) = await PartsAsync(held, cancellationToken);
        var replaying = follower.Number < follower.End;
        if (replaying && held.Bytes < Math.Max(ReplayBytes, whole.Length - held.Bytes))
            return;
        var due = replaying ? 0 : DueTime(held, whole.Length);
        if (due <= time.GetTimestamp())
            await ReleaseAsync(whole: true, output, cancellationToken);
        else
            DueAt = due;
    }

    private async ValueTask HoldAsync(
        long number, StreamEvent delta, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        if (_held is { } held && !held.Last.IsOfOneTextWith(delta))
        {
            // Another text comes between, and order is kept. A long text that is not due then goes without its whole.
            var (_, whole) = await PartsAsync(held, cancellationToken);
            await ReleaseAsync(DueTime(held, whole.Length) <= time.GetTimestamp(), output, cancellationToken);
        }

        _held = _held is { } going
            ? going with { Last = delta, LastNumber = number, Bytes = going.Bytes + delta.Text.Length }
            : new HeldDeltas(delta.Number - 1, delta, number, delta.Text.Length);
    }

    private async ValueTask ReleaseAsync(bool whole, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        if (_held is not { } held)
            return;
        var parts = await PartsAsync(held, cancellationToken);
        (_held, DueAt) = (null, 0);
        FrameWriter.WriteName(output, held.Last.Name);
        FrameWriter.BeginDelta(output, held.Last.Data.Span);
        output.Write(parts.Part.Span);
        if (whole)
        {
            output.Write("\",\"accumulated_content\":\""u8);
            output.Write(parts.Whole.Span);
            (_lastText, _lastWritten) = ((held.Last.Stream, held.Last.Since), time.GetTimestamp());
        }

        output.Write("\"}\n"u8);
        FrameWriter.WriteId(output, _idPrefix, held.LastNumber);
    }

    private void WriteOther(LogEntry entry, IBufferWriter<byte> output)
    {
        if (entry.Event is { IsDelta: true } delta)
        {
            FrameWriter.WriteName(output, delta.Name);
            FrameWriter.BeginDelta(output, delta.Data.Span);
            FrameWriter.WriteEscaped(output, delta.Text.Span);
            output.Write("\"}\n"u8);
        }
        else if (entry.Event is { } other)
        {
            FrameWriter.WriteEvent(output, other.Name, other.Data.Span);
        }

        FrameWriter.WriteId(output, _idPrefix, entry.Number);
    }

    private long DueTime(HeldDeltas held, int length)
    {
        if (length <= FreeBytes || _lastText != (held.Last.Stream, held.Last.Since))
            return 0;
        return _lastWritten + (length > LongBytes ? time.TimestampFrequency : time.TimestampFrequency / 4);
    }

    private async ValueTask<(ReadOnlyMemory<byte> Part, ReadOnlyMemory<byte> Whole)> PartsAsync(
        HeldDeltas held, CancellationToken cancellationToken)
    {
        var text = texts.Get(held.Last);
        await text.ReachAsync(held.Last, cancellationToken);
        return text.Between(held.After, held.Last.Number);
    }
}
