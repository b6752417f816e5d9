using System.Buffers;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>The bytes of a journal row: a version, then for each append the rows of its stream and its owner's (0 for none),
/// its first number in each, the count of events, and the events.</summary>
internal static class JournalCodec
{
    private const byte Version = 1;

    public static void Begin(IBufferWriter<byte> output) => output.Write([Version]);

    public static void Write(
        IBufferWriter<byte> output, JournalPlace place, IReadOnlyList<NewEvent> events)
    {
        EventCodec.WriteNumber(output, place.StreamId);
        EventCodec.WriteNumber(output, place.First);
        EventCodec.WriteNumber(output, place.OwnerId);
        EventCodec.WriteNumber(output, place.OwnerFirst);
        EventCodec.WriteNumber(output, events.Count);
        EventCodec.Write(output, events);
    }

    public static IEnumerable<(JournalPlace Place, List<NewEvent> Events)> Read(ReadOnlyMemory<byte> batch)
    {
        var input = new CodecReader(batch);
        if (input.ReadByte() != Version)
            throw new FormatException("The journal was written by a newer version.");
        var appends = new List<(JournalPlace, List<NewEvent>)>();
        while (!input.IsAtEnd)
        {
            var place = new JournalPlace(input.ReadNumber(), input.ReadNumber(), input.ReadNumber(), input.ReadNumber());
            var events = new List<NewEvent>();
            for (var left = input.ReadNumber(); left > 0; left--)
                events.Add(EventCodec.Read(ref input, events.Count == 0 ? null : events[^1]));
            appends.Add((place, events));
        }

        return appends;
    }
}
