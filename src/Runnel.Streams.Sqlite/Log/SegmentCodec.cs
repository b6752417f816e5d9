using System.Buffers;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>The bytes of a segment: a run of a stream's own events, or, in an owner's stream, of references to events.</summary>
internal static class SegmentCodec
{
    private const byte Events = 1;
    private const byte References = 2;

    public static byte[] Write(StoredStream stream, List<StoredEvent> events)
    {
        var output = new ArrayBufferWriter<byte>();
        if (events[0].HomeId == stream.Id)
        {
            output.Write([Events]);
            EventCodec.Write(output, events.ConvertAll(stored => stored.Event!.Content));
            return output.WrittenSpan.ToArray();
        }

        output.Write([References]);
        foreach (var run in Runs(events))
        {
            EventCodec.WriteNumber(output, run.HomeId);
            EventCodec.WriteNumber(output, run.First);
            EventCodec.WriteNumber(output, run.Count);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>The events of a run; null when it holds references.</summary>
    public static List<StreamEvent>? ReadEvents(
        StreamName name, long generation, long first, ReadOnlyMemory<byte> segment)
    {
        var input = new CodecReader(segment);
        if (input.ReadByte() != Events)
            return null;
        var events = new List<StreamEvent>();
        NewEvent? before = null;
        while (!input.IsAtEnd)
        {
            before = EventCodec.Read(ref input, before);
            events.Add(new StreamEvent(name, first + events.Count, before) { Generation = generation });
        }

        return events;
    }

    /// <summary>A run of events without its first ones; null when it holds references, which have no text.</summary>
    public static byte[]? Skip(ReadOnlyMemory<byte> segment, long count)
    {
        var input = new CodecReader(segment);
        if (input.ReadByte() != Events)
            return null;
        var left = new List<NewEvent>();
        NewEvent? before = null;
        for (var number = 0L; !input.IsAtEnd; number++)
        {
            before = EventCodec.Read(ref input, before);
            if (number >= count)
                left.Add(before);
        }

        var output = new ArrayBufferWriter<byte>();
        output.Write([Events]);
        EventCodec.Write(output, left);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The references of a run.</summary>
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

    private static List<Reference> Runs(List<StoredEvent> events)
    {
        var runs = new List<Reference>();
        foreach (var (home, number, _) in events)
        {
            if (runs.Count > 0 && runs[^1].HomeId == home && runs[^1].First + runs[^1].Count == number)
                runs[^1] = runs[^1] with { Count = runs[^1].Count + 1 };
            else
                runs.Add(new Reference(home, number, 1));
        }

        return runs;
    }
}
