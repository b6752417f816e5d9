using Runnel.Streams.AspNetCore.Frames;
using Runnel.Streams.Events;
using Runnel.Streams.Testing;

namespace Runnel.Streams.AspNetCore.Tests.Frames;

public sealed class WholePaceTests
{
    private readonly ManualTime _time = new();
    private readonly WholePace _pace;

    public WholePaceTests() => _pace = new WholePace(_time);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(8 * 1024, 0)]
    [InlineData((8 * 1024) + 1, 250)]
    [InlineData(64 * 1024, 250)]
    [InlineData((64 * 1024) + 1, 1000)]
    [InlineData(10 * 1024 * 1024, 1000)]
    public void Text_IsDueAgain_TheLaterTheLongerItIs(int length, int milliseconds)
    {
        Assert.Equal(0, _pace.DueAt(Text(1), length));
        _pace.Give(Text(1), length);
        var due = milliseconds == 0 ? 0 : _time.GetTimestamp() + TimeSpan.FromMilliseconds(milliseconds).Ticks;
        _time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(due, _pace.DueAt(Text(1), length));
        Assert.Equal(0, _pace.DueAt(Text(2), length));
    }

    [Fact]
    public void Replay_GivesATextAgain_WhenItHasDoubled()
    {
        Assert.True(_pace.HasDoubled(Text(1), 10));
        _pace.Give(Text(1), 10);
        Assert.False(_pace.HasDoubled(Text(1), 4000));
        Assert.True(_pace.HasDoubled(Text(1), 4200));
        _pace.Give(Text(1), 10_000);
        Assert.False(_pace.HasDoubled(Text(1), 19_999));
        Assert.True(_pace.HasDoubled(Text(1), 20_000));
    }

    [Fact]
    public void Texts_WithoutEnd_AreForgotten_TheOldestFirst()
    {
        for (var since = 1; since <= 65; since++)
        {
            _pace.Give(Text(since), 100_000);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.True(_pace.HasDoubled(Text(1), 100_001));
        Assert.All(Enumerable.Range(2, 64), since => Assert.False(_pace.HasDoubled(Text(since), 100_001)));
    }

    private static StreamEvent Text(long since) => new(Sample.Stream, since + 1, Sample.Delta("{}"u8.ToArray(), "x", since));
}
