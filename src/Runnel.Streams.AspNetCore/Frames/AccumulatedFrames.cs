using System.Buffers;
using System.Text;
using Runnel.Streams.Events;
using Runnel.Streams.Live;

namespace Runnel.Streams.AspNetCore.Frames;

/// <summary>
/// Entries as frames in which every delta also carries all of its text so far. So that this never costs the square of a text,
/// deltas of a long one are held back and go out together: live at most 4 times a second beyond 8 kB and once beyond 64 kB, in
/// replay whenever the text has doubled. What is held back is a range of numbers, not bytes. Where something else comes
/// before its time is there, it goes without the whole: order and ids are exact.
/// </summary>
internal sealed class AccumulatedFrames(Follower follower, AccumulatedTexts texts, TimeProvider time) : IFrames
{
    private readonly byte[] _idPrefix = Encoding.UTF8.GetBytes(follower.Position.Prefix());
    private readonly WholePace _pace = new(time);
    private HeldDeltas? _held;
    private long _dueAt;

    public long Count { get; private set; }

    public long DueAt => Volatile.Read(ref _dueAt);

    public async ValueTask WriteAsync(
        ReadOnlyMemory<LogEntry> entries, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries.Span[i];
            if (entry.Event is { IsDelta: true, Since: > 0 } delta)
            {
                if (_held is { } held && !held.Last.IsOfOneTextWith(delta))
                    await ReleaseAsync(endsText: false, output, cancellationToken);
                Hold(entry.Number, delta);
                continue;
            }

            var ends = entry.Event is { IsDelta: false } other && other.Stream == _held?.Last.Stream;
            await ReleaseAsync(ends, output, cancellationToken);
            WriteOther(entry, output);
        }

        await WriteDueAsync(output, cancellationToken);
    }

    public async ValueTask WriteDueAsync(IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _dueAt, 0);
        if (_held is not { } held)
            return;
        var parts = await PartsAsync(held, cancellationToken);
        var replaying = follower.Number < follower.End;
        var due = replaying ? 0 : _pace.DueAt(held.Last, parts.Whole.Length);
        if (replaying ? _pace.HasDoubled(held.Last, parts.Whole.Length) : due <= time.GetTimestamp())
            WriteHeld(held, parts.Part, parts.Whole, output);
        else
            Volatile.Write(ref _dueAt, due);
    }

    public ValueTask FinishAsync(IBufferWriter<byte> output, CancellationToken cancellationToken) =>
        ReleaseAsync(endsText: true, output, cancellationToken);

    private void Hold(long number, StreamEvent delta) =>
        _held = _held is { } going
            ? going with { Last = delta, LastNumber = number }
            : new HeldDeltas(delta.Number - 1, delta, number);

    /// <summary>Writes what is held back now, with its whole if it is time for that or if this is how the text ends.</summary>
    private async ValueTask ReleaseAsync(bool endsText, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        if (_held is not { } held)
            return;
        var (part, whole) = await PartsAsync(held, cancellationToken);
        var isTime = held.LastNumber <= follower.End
            ? _pace.HasDoubled(held.Last, whole.Length)
            : _pace.DueAt(held.Last, whole.Length) <= time.GetTimestamp();
        WriteHeld(held, part, endsText || isTime ? whole : default(ReadOnlyMemory<byte>?), output);
    }

    private void WriteHeld(
        HeldDeltas held, ReadOnlyMemory<byte> part, ReadOnlyMemory<byte>? whole, IBufferWriter<byte> output)
    {
        _held = null;
        Volatile.Write(ref _dueAt, 0);
        FrameWriter.WriteName(output, held.Last.Name);
        FrameWriter.BeginDelta(output, held.Last.Data.Span);
        output.Write(part.Span);
        if (whole is { } all)
        {
            output.Write("\",\"accumulated_content\":\""u8);
            output.Write(all.Span);
            _pace.Give(held.Last, all.Length);
        }

        output.Write("\"}\n"u8);
        FrameWriter.WriteId(output, _idPrefix, held.LastNumber);
        Count++;
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
        Count++;
    }

    private async ValueTask<(ReadOnlyMemory<byte> Part, ReadOnlyMemory<byte> Whole)> PartsAsync(
        HeldDeltas held, CancellationToken cancellationToken)
    {
        var text = texts.Get(held.Last);
        await text.ReachAsync(held.Last, cancellationToken);
        return text.Between(held.After, held.Last.Number);
    }
}
