using System.Buffers;
using System.Text;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.News;

/// <summary>
/// The bytes that tell other processes of a commit: who made it, then entries. An entry is an append with its events, or where
/// a stream stands, or that one was deleted. Lengths and numbers are LEB128.
/// </summary>
internal static class NewsCodec
{
    /// <summary>What listeners listen to.</summary>
    public const string Channel = "runnel_log";

    private const byte Version = 1;
    private const byte Appended = 1;
    private const byte Moved = 2;
    private const byte Deleted = 3;

    public static void Begin(IBufferWriter<byte> output, long incarnation)
    {
        output.Write([Version]);
        EventCodec.WriteNumber(output, incarnation);
    }

    /// <summary>An append: its stream as it stands after it, the owner's likewise, if there is one, and the events.</summary>
    public static void WriteAppended(
        IBufferWriter<byte> output, StreamMove home, StreamMove? owner, IReadOnlyList<NewEvent> events)
    {
        output.Write([Appended]);
        WriteHead(output, home);
        EventCodec.WriteNumber(output, owner is null ? 0 : 1);
        if (owner is not null)
            WriteHead(output, owner);
        EventCodec.WriteNumber(output, events.Count);
        EventCodec.Write(output, events);
    }

    public static void WriteMoved(IBufferWriter<byte> output, StreamMove move)
    {
        output.Write([Moved]);
        WriteHead(output, move);
    }

    public static void WriteDeleted(IBufferWriter<byte> output, StreamName stream)
    {
        output.Write([Deleted]);
        WriteName(output, stream);
    }

    /// <summary>Who committed, and what; null when a newer version wrote it.</summary>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public static (long Incarnation, List<StreamMove> Moves)? Read(ReadOnlyMemory<byte> bytes)
    {
        var input = new CodecReader(bytes);
        if (input.ReadByte() != Version)
            return null;
        var incarnation = input.ReadNumber();
        var moves = new List<StreamMove>();
        while (!input.IsAtEnd)
        {
            switch (input.ReadByte())
            {
                case Appended:
                    ReadAppended(ref input, moves);
                    break;
                case Moved:
                    moves.Add(ReadHead(ref input));
                    break;
                case Deleted:
                    moves.Add(new StreamMove(ReadName(ref input), default));
                    break;
                default:
                    return null;
            }
        }

        return (incarnation, moves);
    }

    private static void ReadAppended(ref CodecReader input, List<StreamMove> moves)
    {
        var home = ReadHead(ref input);
        var owner = input.ReadNumber() == 1 ? ReadHead(ref input) : null;
        var (count, contents) = (input.ReadNumber(), new List<NewEvent>());
        while (contents.Count < count)
            contents.Add(EventCodec.Read(ref input, contents.Count == 0 ? null : contents[^1]));
        var number = home.Head.Last - count;
        var events = contents.ConvertAll(
            content => new StreamEvent(home.Stream, ++number, content) { Generation = home.Head.Generation });
        moves.Add(home with { Events = events, FirstNumber = home.Head.Last - count + 1 });
        if (owner is not null)
            moves.Add(owner with { Events = events, FirstNumber = owner.Head.Last - count + 1 });
    }

    private static void WriteHead(IBufferWriter<byte> output, StreamMove move)
    {
        WriteName(output, move.Stream);
        EventCodec.WriteNumber(output, move.Head.Generation);
        EventCodec.WriteNumber(output, move.Head.First);
        EventCodec.WriteNumber(output, move.Head.Last);
        EventCodec.WriteNumber(output, move.Head.IsEnded ? 1 : 0);
    }

    private static StreamMove ReadHead(ref CodecReader input)
    {
        var name = ReadName(ref input);
        return new StreamMove(
            name, new StreamHead(input.ReadNumber(), input.ReadNumber(), input.ReadNumber(), input.ReadNumber() == 1));
    }

    private static void WriteName(IBufferWriter<byte> output, StreamName name)
    {
        EventCodec.WriteNumber(output, name.Value.Length);
        Encoding.ASCII.GetBytes(name.Value, output);
    }

    private static StreamName ReadName(ref CodecReader input) => new(Encoding.ASCII.GetString(input.ReadBytes().Span));
}
