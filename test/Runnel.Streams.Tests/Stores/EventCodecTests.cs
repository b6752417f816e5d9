using System.Buffers;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Stores;

public sealed class EventCodecTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    public void Number_ComesBack(long value)
    {
        var output = new ArrayBufferWriter<byte>();
        EventCodec.WriteNumber(output, value);

        var input = new CodecReader(output.WrittenMemory);
        Assert.Equal(value, input.ReadNumber());
        Assert.True(input.IsAtEnd);
    }

    [Fact]
    public void Run_ThatIsCutAnywhere_IsDamaged_AndNeverReadWrong()
    {
        var data = Sample.Bytes("""{"id":1}""");
        var output = new ArrayBufferWriter<byte>();
        EventCodec.Write(output, [Sample.Event(1), Sample.Delta(data, "天气", 300), Sample.Delta(data, "x", 300)]);
        Assert.Equal(3, Read(output.WrittenMemory));

        for (var length = 1; length < output.WrittenCount; length++)
        {
            var cut = output.WrittenMemory[..length];
            try
            {
                Assert.InRange(Read(cut), 1, 2);
            }
            catch (FormatException)
            {
                // Seen to be damaged.
            }
        }
    }

    [Fact]
    public void FirstEvent_ThatRepeatsTheOneBefore_IsDamaged() =>
        Assert.Throws<FormatException>(() => Read(new byte[] { 2 }));

    private static int Read(ReadOnlyMemory<byte> run)
    {
        var input = new CodecReader(run);
        NewEvent? before = null;
        var count = 0;
        for (; !input.IsAtEnd; count++)
            before = EventCodec.Read(ref input, before);
        return count;
    }
}
