using Runnel.Streams.Events;
using Runnel.Streams.Testing;

namespace Runnel.Streams.AspNetCore.Tests.Frames;

public sealed class AccumulatedFramesTests : IAsyncLifetime
{
    private static readonly byte[] Data = Sample.Bytes("""{"type":"written","id":7}""");
    private SseServer _server = null!;

    // Nothing but what is held back makes the clock nudge a connection here.
    public async ValueTask InitializeAsync() => _server = await SseServer.StartAsync(
        options => (options.Heartbeat, options.Lifetime) = (TimeSpan.FromDays(1), TimeSpan.FromDays(7)));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task ShortText_LiveDeltasCarryAllOfItSoFar_AtOnce()
    {
        await _server.AppendAsync(Sample.Event(1));
        using var client = await _server.OpenAsync();
        await client.NextAsync("connected");
        var text = "";
        foreach (var piece in new[] { "天", "气\n", "\"很\"", "好" })
        {
            await _server.AppendAsync(Sample.Delta(Data, piece, 1));
            text += piece;
            var frame = await client.NextAsync("written");
            Assert.Equal((piece, text), (frame.Content, frame.Accumulated));
        }
    }

    [Fact]
    public async Task Replay_OfALongText_TakesFewFrames_AndIsWhole()
    {
        var text = await AppendTextAsync(20_000, "twenty-five characters ..");
        using var client = await _server.OpenAsync("?after=0");
        await client.UntilAsync("noted");

        var frames = await client.UntilAsync("ended");
        AssertWhole(frames, text, 0);
        Assert.InRange(frames.Count, 1, 16);
        Assert.Equal(text, frames[^1].Accumulated);
        Assert.InRange(frames.Sum(frame => frame.Accumulated!.Length), text.Length, 4 * text.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2500)]
    [InlineData(19_999)]
    public async Task Resume_InTheMiddleOfAText_CarriesAllOfIt(int seen)
    {
        var text = await AppendTextAsync(20_000, "0123456789");
        using var head = await _server.OpenAsync("?after=0");
        var cursor = (await head.NextAsync("connected")).Id!;
        using var client = await _server.OpenAsync("", cursor[..^1] + (1 + seen));
        await client.NextAsync("connected");

        var frames = await client.UntilAsync("ended");
        AssertWhole(frames, text, seen * 10);
        Assert.InRange(frames.Count, 1, 16);
        Assert.Equal(text, frames[^1].Accumulated);
    }

    [Theory]
    [InlineData(9 * 1024, 4)]
    [InlineData(65 * 1024, 1)]
    public async Task LongText_GrowsOnScreenOnlySoOften(int length, int perSecond)
    {
        const int Steps = 100;
        await _server.AppendAsync(Sample.Event(1), Sample.Delta(Data, new string('x', length), 1));
        using var client = await _server.OpenAsync("?after=0");
        await client.UntilAsync("written");
        var began = _server.Time.GetTimestamp();
        for (var i = 0; i < Steps; i++)
        {
            await _server.AppendAsync(Sample.Delta(Data, "y", 1));
            _server.Time.Advance(TimeSpan.FromMilliseconds(50));
        }

        // What is held back goes out by the clock alone.
        var frames = new List<SseFrame>();
        while (frames.Sum(frame => frame.Content!.Length) < Steps)
        {
            frames.Add((await NextAsTimePassesAsync(client))!);
            Assert.Equal("written", frames[^1].Name);
        }

        var seconds = (_server.Time.GetTimestamp() - began) / (double)TimeSpan.TicksPerSecond;
        AssertWhole(frames, new string('x', length) + new string('y', Steps), length);
        Assert.InRange(frames.Count, 1, (int)(seconds * perSecond) + 2);
    }

    private async Task<SseFrame?> NextAsTimePassesAsync(SseClient client)
    {
        var next = client.NextAsync();
        while (!next.IsCompleted)
        {
            _server.Time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.WhenAny(next, Task.Delay(20)); // polls: nobody tells when a follower has read what it holds back
        }

        return await next;
    }

    [Fact]
    public async Task TextsThatAlternate_KeepOrderAndIds_AndNeverCostTheirSquare()
    {
        var (pieces, text) = await AppendAlternatingAsync(2000);
        using var client = await _server.OpenAsync("?after=0", stream: Sample.Owner);
        await client.NextAsync("connected");

        var frames = await client.UntilAsync("ended");
        AssertAlternating(frames.Where(frame => frame.Name == "written"), pieces, text);
    }

    [Fact]
    public async Task TextsThatAlternateLive_KeepOrderAndIds_AndNeverCostTheirSquare()
    {
        await _server.AppendAsync(Sample.Stream);
        using var client = await _server.OpenAsync("?after=0", stream: Sample.Owner);
        await client.NextAsync("connected");
        var (pieces, text) = await AppendAlternatingAsync(500);

        var frames = await client.UntilAsync("ended");
        AssertAlternating(frames.Where(frame => frame.Name == "written"), pieces, text);
    }

    [Fact]
    public async Task Text_AmongOtherEvents_NeverCostsItsSquare()
    {
        await _server.AppendAsync(Sample.Event(1));
        for (var i = 0; i < 500; i++)
        {
            await _server.AppendAsync(Sample.Delta(Data, new string('x', 100), 1));
            await _server.AppendAsync(Sample.Other, Sample.Event(i));
        }

        await _server.AppendAsync(new NewEvent("ended", "{}"u8.ToArray()));
        using var client = await _server.OpenAsync("?after=0", stream: Sample.Owner);
        var frames = (await client.UntilAsync("ended")).Where(frame => frame.Name == "written").ToList();

        Assert.Equal(500, frames.Count);
        Assert.InRange(frames.Sum(frame => frame.Accumulated?.Length ?? 0), 1, 10 * 50_000);
    }

    private static void AssertAlternating(IEnumerable<SseFrame> frames, int pieces, string text)
    {
        var (one, two, number, whole) = ("", "", 2L, 0);
        foreach (var frame in frames)
        {
            Assert.Equal(++number, frame.Number);
            var isOne = frame.Member("id") == "1";
            var grown = (isOne ? one : two) + frame.Content;
            (one, two) = isOne ? (grown, two) : (one, grown);
            if (frame.Accumulated is not { } accumulated)
                continue;
            Assert.Equal(grown, accumulated);
            whole += accumulated.Length;
        }

        Assert.Equal((text, text, 2L + (2 * pieces)), (one, two, number));
        Assert.InRange(whole, 1, 2 * text.Length * 10);
    }

    private async Task<(int Pieces, string Text)> AppendAlternatingAsync(int pieces)
    {
        await _server.AppendAsync(Sample.Stream, Sample.Event(1));
        await _server.AppendAsync(Sample.Other, Sample.Event(1));
        var (one, two) = (Sample.Bytes("""{"id":1}"""), Sample.Bytes("""{"id":2}"""));
        var piece = new string('x', 100);
        for (var i = 0; i < pieces; i++)
        {
            await _server.AppendAsync(Sample.Stream, Sample.Delta(one, piece, 1));
            await _server.AppendAsync(Sample.Other, Sample.Delta(two, piece, 1));
        }

        await _server.AppendAsync(Sample.Stream, new NewEvent("ended", "{}"u8.ToArray()));
        return (pieces, string.Concat(Enumerable.Repeat(piece, pieces)));
    }

    private static void AssertWhole(List<SseFrame> frames, string text, int before)
    {
        foreach (var frame in frames)
        {
            before += frame.Content!.Length;
            Assert.Equal(text[..before], frame.Accumulated);
        }

        Assert.Equal(text.Length, before);
    }

    private async Task<string> AppendTextAsync(int deltas, string piece)
    {
        await _server.AppendAsync(Sample.Event(1));
        await _server.AppendAsync([.. Enumerable.Repeat(Sample.Delta(Data, piece, 1), deltas)]);
        await _server.AppendAsync(new NewEvent("ended", "{}"u8.ToArray()));
        return string.Concat(Enumerable.Repeat(piece, deltas));
    }
}
