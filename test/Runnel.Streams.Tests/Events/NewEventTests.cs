using System.Text;
using Runnel.Streams.Events;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Events;

public sealed class NewEventTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("with space")]
    [InlineData("line\nbreak")]
    [InlineData("line\rbreak")]
    [InlineData("nul\0")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Name_ThatCannotStandInAFrame_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => new NewEvent(name, "{}"u8.ToArray()));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{} ")]
    [InlineData("{\n}")]
    [InlineData("{\r}")]
    public void Data_ThatIsNoObjectOnOneLine_IsRefused(string data) =>
        Assert.Throws<ArgumentException>(() => new NewEvent("name", Encoding.UTF8.GetBytes(data)));

    [Fact]
    public void Delta_ThatBeginsBeforeTheStream_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample.Delta("{}"u8.ToArray(), "text", since: -1));

    [Theory]
    [InlineData("", "{}", 1)]
    [InlineData("x", "{}", 2)]
    [InlineData("x", """{"id":2}""", 1)]
    public void Deltas_AreOfOneText_OnlyWhenNameDataAndBeginningAgree(string name, string data, long since)
    {
        var one = new StreamEvent(Sample.Stream, 5, NewEvent.Delta("x", "{}"u8.ToArray(), "a"u8.ToArray(), 1));
        var same = new StreamEvent(Sample.Stream, 6, NewEvent.Delta("x", "{}"u8.ToArray(), "b"u8.ToArray(), 1));
        var other = new StreamEvent(
            Sample.Stream, 6, NewEvent.Delta(name.Length > 0 ? name : "y", Sample.Bytes(data), "b"u8.ToArray(), since));

        Assert.True(one.IsOfOneTextWith(same));
        Assert.False(one.IsOfOneTextWith(other));
        Assert.False(one.IsOfOneTextWith(new StreamEvent(Sample.Other, 6, same.Content)));
    }
}
