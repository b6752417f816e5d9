using Runnel.Streams.Events;

namespace Runnel.Streams.Tests.Events;

public sealed class StreamNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("conversation/0195f0c2")]
    [InlineData("A-Z.0_9~x:y@z")]
    public void Name_OfAllowedCharacters_IsTaken(string text)
    {
        Assert.True(StreamName.TryCreate(text, out var name));
        Assert.Equal(text, name.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a\0")]
    [InlineData("a\r")]
    [InlineData("a\n")]
    [InlineData("\n")]
    [InlineData("a b")]
    [InlineData("a\u2028")]
    [InlineData("水")]
    [InlineData("a'--")]
    public void Name_ThatCouldBreakAFrameOrAQuery_IsRefused(string? text)
    {
        Assert.False(StreamName.TryCreate(text, out _));
        if (text is not null)
            Assert.Throws<ArgumentException>(() => new StreamName(text));
    }

    [Theory]
    [InlineData(StreamName.MaxLength, true)]
    [InlineData(StreamName.MaxLength + 1, false)]
    [InlineData(1024 * 1024, false)]
    public void Name_HasALongest(int length, bool isTaken) =>
        Assert.Equal(isTaken, StreamName.TryCreate(new string('a', length), out _));
}
