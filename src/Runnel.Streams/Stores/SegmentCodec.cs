using System.Buffers;
using Runnel.Streams.Events;

namespace Runnel.Streams.Stores;

/// <summary>The bytes of a segment, the same in every store: a run of a stream's own events, or, in an owner's stream, of
/// references to events.</summary>
public static class SegmentCodec
{
    private const byte Events = 1;
    private const byte References = 2;

    /// <summary>A run of a stream's own events.</summary>
    public static byte[] Write(IReadOnlyList<NewEvent> events)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write([Events]);
        EventCodec.Write(output, events);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A run of references.</summary>
    public static byte[] Write(IEnumerable<Reference> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var output = new ArrayBufferWriter<byte>();
        output.Write([References]);
        foreach (var run in runs)
        {
            EventCodec.WriteNumber(output, run.HomeId);
            EventCodec.WriteNumber(output, run.First);
            EventCodec.WriteNumber(output, run.Count);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>The events of a run; null when it holds references.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public static List<NewEvent>? ReadEvents(ReadOnlyMemory<byte> segment)
    {
        var input = new CodecReader(segment);
        if (input.ReadByte() != Events)
            return null;
        var events = new List<NewEvent>();
        while (!input.IsAtEnd)
            events.Add(EventCodec.Read(ref input, events.Count == 0 ? null : events[^1]));
        return events;
    }

    /// <summary>The events of a run as they are in the log; null when it holds references.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public static List<StreamEvent>? ReadEvents(
        StreamName name, long generation, long first, ReadOnlyMemory<byte> segment)
    {
        var number = first;
        return ReadEvents(segment)?.ConvertAll(content => new StreamEvent(name, number++, content) { Generation = generation });
    }

    /// <summary>A run of events without its first ones; null when it holds references, which have no text.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public static byte[]? Skip(ReadOnlyMemory<byte> segment, long count) =>
        ReadEvents(segment) is { } events ? Write([.. events.Skip((int)Math.Min(count, events.Count))]) : null;

    /// <summary>The references of a run.</summary>
    /// <exception cref="FormatException">It holds no references, or the bytes are damaged.</exception>
    public static List<Reference> ReadReferences(ReadOnlyMemory<byte> segment)
    {
        var input = new CodecReader(segment);
        if (input.ReadByte() != References)
            throw new FormatException("The segment was written by a newer version.");
        var runs = new List<Reference>();
        while (!input.IsAtEnd)
            runs.Add(new Reference(input.ReadNumber(), input.ReadNumber(), input.ReadNumber()));
        return runs;
    }
}
