using Runnel.Streams.Events;
using Runnel.Streams.Testing;

namespace Runnel.Streams.AspNetCore.Tests.Frames;

public sealed class PlainFramesTests : IAsyncLifetime
{
    private static readonly byte[] Data = Sample.Bytes("""{"type":"written","id":7}""");
    private SseServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await SseServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Frame_IsNameDataAndIdLast_ToTheByte()
    {
        var receipt = await _server.AppendAsync(Sample.Event(1), Sample.Delta(Data, "a\"\\\r\n气", 1), Sample.Delta("{}"u8.ToArray(), "x"));
        var prefix = receipt.Before.Prefix();
        using var client = await _server.OpenAsync("?after=0&accumulated=false");
        await client.NextAsync("connected");

        var data = Sample.Text(Sample.Event(1).Data);
        Assert.Equal($"event: noted\ndata: {data}\nid: {prefix}1\n\n", (await client.NextAsync())!.Text);
        const string Written = """{"type":"written","id":7,"content":"a\"\\\r\n气"}""";
        Assert.Equal($"event: written\ndata: {Written}\nid: {prefix}2\n\n", (await client.NextAsync())!.Text);
        const string Bare = """{"content":"x"}""";
        Assert.Equal($"event: written\ndata: {Bare}\nid: {prefix}3\n\n", (await client.NextAsync())!.Text);
    }

    [Theory]
    [InlineData("data: x\n\nevent: evil\r\rid: 5\r\n\r\n: hb")]
    [InlineData("line\u2028separator\u2029paragraph\u0085next")]
    [InlineData("مرحبا \u202eleft\u200f بالعالم")]
    [InlineData("👩‍👩‍👧‍👦 𝄞 \ud83d\ude00")]
    [InlineData("tab\tbell\u0007 quote\" back\\slash </script> \u007f")]
    [InlineData("")]
    public async Task Text_OfAnyKind_ComesThroughWhole(string text)
    {
        await _server.AppendAsync(Sample.Delta(Data, text), Sample.Event(2), Sample.Delta(Data, text, 2), Sample.Event(4));
        foreach (var accumulated in new[] { "true", "false" })
        {
            using var client = await _server.OpenAsync("?after=0&accumulated=" + accumulated);
            await client.NextAsync("connected");
            Assert.Equal(text, (await client.NextAsync("written")).Content);
            Assert.Equal(2, (await client.NextAsync("noted")).Number);
            Assert.Equal(text, (await client.NextAsync("written")).Content);
            Assert.Equal(4, (await client.NextAsync("noted")).Number);
        }
    }

    [Fact]
    public async Task AdjacentDeltas_ThatWait_GoAsOne_WithTheIdOfTheLast()
    {
        await _server.AppendAsync(Sample.Event(1));
        await _server.AppendAsync([.. Enumerable.Range(0, 100).Select(_ => Sample.Delta(Data, "天x"))]);
        await _server.AppendAsync(Sample.Event(102), Sample.Delta(Data, "y"), Sample.Delta(Sample.Bytes("""{"id":8}"""), "z"));
        using var client = await _server.OpenAsync("?after=0&accumulated=false");

        var frames = new List<SseFrame>();
        while (frames.Count < 6)
            frames.Add((await client.NextAsync())!);
        Assert.Equal([0L, 1L, 101L, 102L, 103L, 104L], frames.Select(frame => frame.Number));
        Assert.Equal(string.Concat(Enumerable.Repeat("天x", 100)), frames[2].Content);
    }

    [Fact]
    public async Task Followers_ThatShareFrames_EachGetTheWholeText()
    {
        await _server.AppendAsync(Sample.Event(1));
        var clients = new List<SseClient>();
        for (var i = 0; i < 8; i++)
        {
            clients.Add(await _server.OpenAsync("?accumulated=" + (i % 2 == 0 ? "false" : "true")));
            await clients[^1].NextAsync("connected");
        }

        for (var i = 0; i < 300; i++)
            await _server.AppendAsync(Sample.Delta(Data, $"{i},", 1));
        await _server.AppendAsync(Sample.Event(302));

        var text = string.Concat(Enumerable.Range(0, 300).Select(i => $"{i},"));
        foreach (var client in clients)
        {
            var frames = await client.UntilAsync("noted");
            Assert.Equal(text, string.Concat(frames.Select(frame => frame.Content)));
            Assert.All(frames, frame => Assert.EndsWith(frame.Content!, text[..Length(frame.Number)], StringComparison.Ordinal));
            client.Dispose();
        }
    }

    [Fact]
    public async Task OwnerStream_NumbersItsFramesItself()
    {
        await _server.AppendAsync(Sample.Other, Sample.Events(1, 3));
        await _server.AppendAsync(Sample.Stream, Sample.Delta(Data, "a"), Sample.Delta(Data, "b"));
        using var client = await _server.OpenAsync("?after=0&accumulated=false", stream: Sample.Owner);
        await client.NextAsync("connected");

        for (var number = 1; number <= 3; number++)
            Assert.Equal(number, (await client.NextAsync("noted")).Number);
        var frame = await client.NextAsync("written");
        Assert.Equal(("ab", 5L), (frame.Content, frame.Number));
    }

    [Fact]
    public async Task EventOfAMegabyte_ComesThroughWhole()
    {
        var large = Sample.Bytes($$"""{"text":"{{new string('水', 350_000)}}"}""");
        await _server.AppendAsync(new NewEvent("large", large));
        using var client = await _server.OpenAsync("?after=0");
        await client.NextAsync("connected");

        Assert.Equal(Sample.Text(large), (await client.NextAsync("large")).Data);
    }

    private static int Length(long number) => Enumerable.Range(0, (int)number - 1).Sum(i => $"{i},".Length);
}
