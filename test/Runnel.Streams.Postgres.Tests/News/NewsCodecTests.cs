using System.Buffers;
using Runnel.Streams.Events;
using Runnel.Streams.Postgres.News;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Postgres.Tests.News;

public class NewsCodecTests
{
    [Fact]
    public void Append_IsReadAsItWasWritten_ForItsStreamAndItsOwner()
    {
        var output = new ArrayBufferWriter<byte>();
        NewsCodec.Begin(output, 7);
        NewsCodec.WriteAppended(
            output,
            new StreamMove(Sample.Stream, new StreamHead(11, 2, 9)),
            new StreamMove(Sample.Owner, new StreamHead(12, 1, 300)),
            Sample.Events(8, 2));
        NewsCodec.WriteMoved(output, new StreamMove(Sample.Other, new StreamHead(13, 4, 3, IsEnded: true)));
        NewsCodec.WriteDeleted(output, Sample.Other);

        var (incarnation, moves) = NewsCodec.Read(output.WrittenMemory)!.Value;
        Assert.Equal(7, incarnation);
        Assert.Equal([Sample.Stream, Sample.Owner, Sample.Other, Sample.Other], moves.Select(move => move.Stream));
        Assert.Equal([(8L, 2), (299L, 2), (0L, 0), (0L, 0)], moves.Select(move => (move.FirstNumber, move.Events.Count)));
        Assert.Equal(
            [new(11, 2, 9), new(12, 1, 300), new(13, 4, 3, true), default], moves.Select(move => move.Head));
        Assert.Equal([8L, 9L], moves[1].Events.Select(next => next.Number));
        Assert.All(moves[1].Events, next => Assert.Equal((Sample.Stream, 11), (next.Stream, next.Generation)));
        Assert.Equal(Sample.Text(Sample.Event(9).Data), Sample.Text(moves[0].Events[1].Data));
    }

    [Fact]
    public void NewsOfANewerVersion_AreNotGuessed()
    {
        Assert.Null(NewsCodec.Read(new byte[] { 2, 1 }));
        Assert.Null(NewsCodec.Read(new byte[] { 1, 1, 99 }));
    }

    [Fact]
    public void NewsThatAreCutAnywhere_AreNotTakenForWhole()
    {
        var output = new ArrayBufferWriter<byte>();
        NewsCodec.Begin(output, 7);
        NewsCodec.WriteAppended(output, new StreamMove(Sample.Stream, new StreamHead(11, 2, 9)), null, Sample.Events(8, 2));
        for (var length = 3; length < output.WrittenCount; length++)
            Assert.Throws<FormatException>(() => NewsCodec.Read(output.WrittenMemory[..length]));
    }
}
