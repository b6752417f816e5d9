using System.Buffers;
using System.Text;
using Runnel.Streams.Events;

namespace Runnel.Streams.Stores;

/// <summary>
/// The bytes of events at rest, the same in every store. An event is a byte of flags, then, unless it repeats them from the
/// event before it in the same run, name and data, then, for a delta, since and text; lengths and numbers are LEB128.
/// </summary>
public static class EventCodec
{
    private const byte Delta = 1;
    private const byte SameAsBefore = 2;

    /// <summary>Writes a run of events.</summary>
    public static void Write(IBufferWriter<byte> output, IReadOnlyList<NewEvent> events)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(events);
        NewEvent? before = null;
        for (var i = 0; i < events.Count; i++)
        {
            Write(output, events[i], before);
            before = events[i];
        }
    }

    /// <summary>Reads one event, which followed another in its run.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public static NewEvent Read(ref CodecReader input, NewEvent? before)
    {
        var flags = input.ReadByte();
        var same = (flags & SameAsBefore) != 0;
        if (same && before is null)
            throw new FormatException("An event repeats one that is not there.");
        var name = same ? before!.Name : string.Intern(Encoding.UTF8.GetString(input.ReadBytes().Span));
        var data = same ? before!.Data : input.ReadBytes();
        if ((flags & Delta) == 0)
            return new NewEvent(name, data);
        var since = input.ReadNumber();
        return NewEvent.Delta(name, data, input.ReadBytes(), since);
    }

    /// <summary>Writes a number of 0 or more.</summary>
    public static void WriteNumber(IBufferWriter<byte> output, long value)
    {
        ArgumentNullException.ThrowIfNull(output);
        var span = output.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        output.Advance(length);
    }

    private static void Write(IBufferWriter<byte> output, NewEvent next, NewEvent? before)
    {
        var same = before is not null && before.Name == next.Name && before.Data.Equals(next.Data);
        var flags = (byte)((next.IsDelta ? Delta : 0) | (same ? SameAsBefore : 0));
        output.Write([flags]);
        if (!same)
        {
            WriteName(output, next.Name);
            WriteBytes(output, next.Data.Span);
        }

        if (!next.IsDelta)
            return;
        WriteNumber(output, next.Since);
        WriteBytes(output, next.Text.Span);
    }

    /// <summary>Names are ASCII: as many bytes as characters.</summary>
    private static void WriteName(IBufferWriter<byte> output, string name)
    {
        WriteNumber(output, name.Length);
        Encoding.ASCII.GetBytes(name, output);
    }

    private static void WriteBytes(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        WriteNumber(output, bytes.Length);
        output.Write(bytes);
    }
}
