using Runnel.Streams.Events;
using Runnel.Streams.Live;

namespace Runnel.Streams.Tests.Events;

public sealed class CursorTests
{
    private static readonly StreamName Stream = new("conversation/one");
    private static readonly Cursor Known = new(Cursor.MarkOf(Stream), 1234567890123, 42);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(uint.MaxValue, long.MaxValue, long.MaxValue)]
    [InlineData(31, 32, 10)]
    public void Cursor_ReadsWhatItWrote(uint mark, long generation, long number)
    {
        var cursor = new Cursor(mark, generation, number);

        Assert.True(Cursor.TryParse(cursor.ToString(), out var read));
        Assert.Equal(cursor, read);
        Assert.InRange(cursor.ToString().Length, 5, Cursor.MaxLength);
        Assert.Matches("^[A-Za-z0-9._~-]+$", cursor.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("a.b")]
    [InlineData("a.b.")]
    [InlineData("a..1")]
    [InlineData(".b.1")]
    [InlineData("a.b.-1")]
    [InlineData("a.b.+1")]
    [InlineData("a.b. 1")]
    [InlineData("a.b.1 ")]
    [InlineData("a.b.1\0")]
    [InlineData("a.b.١")]
    [InlineData("a.b.01")]
    [InlineData("a.b.00")]
    [InlineData("0a.b.1")]
    [InlineData("a.0b.1")]
    [InlineData("A.b.1")]
    [InlineData("a.b.1.1")]
    [InlineData("w.b.1")]
    [InlineData("vvvvvvv.b.1")]
    [InlineData("a.vvvvvvvvvvvvv.1")]
    [InlineData("a.b.9223372036854775808")]
    public void Cursor_RefusesWhatItDidNotWrite(string text) => Assert.False(Cursor.TryParse(text, out _));

    [Fact]
    public void Cursor_RefusesAMegabyte() => Assert.False(Cursor.TryParse(new string('1', 1024 * 1024), out _));

    [Fact]
    public void StartPosition_ReadsNothingZeroAndCursors()
    {
        Assert.True(StartPosition.TryParse(null, Stream, out var now));
        Assert.True(StartPosition.TryParse("", Stream, out var empty));
        Assert.True(StartPosition.TryParse("0", Stream, out var oldest));
        Assert.True(StartPosition.TryParse(Known.ToString(), Stream, out var after));

        Assert.Equal([StartPosition.Now, StartPosition.Now, StartPosition.Oldest], [now, empty, oldest]);
        Assert.Equal(Known, after.After);
    }

    [Theory]
    [InlineData("conversation/two")]
    [InlineData("user/one")]
    public void StartPosition_RefusesACursorOfAnotherStream(string other) =>
        Assert.False(StartPosition.TryParse(Known.ToString(), new StreamName(other), out _));

    [Theory]
    [InlineData("00")]
    [InlineData("1")]
    [InlineData(" ")]
    [InlineData("null")]
    public void StartPosition_RefusesOtherText(string text) => Assert.False(StartPosition.TryParse(text, Stream, out _));
}
