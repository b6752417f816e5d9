using System.Net;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.AspNetCore.Tests.Connections;

public sealed class StreamLifeTests : IAsyncLifetime
{
    private SseServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SseServer.StartAsync();
        await _server.AppendAsync(Sample.Events(1, 5));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Response_EndsCleanlyAtTheEndOfItsStream_AndAClientThatComesBackGets204()
    {
        using var client = await _server.OpenAsync();
        await client.NextAsync("connected");
        var last = (await AppendAsync(new Append(Sample.Stream, Sample.Event(6)) { EndsStream = true })).Last;
        Assert.Equal(6, (await client.NextAsync("noted")).Number);
        Assert.Null(await client.NextAsync());

        using var again = await _server.OpenAsync("", last.ToString());
        Assert.Equal(HttpStatusCode.NoContent, again.Response.StatusCode);
        Assert.Equal(0, _server.Sse.OpenCount);
    }

    [Fact]
    public async Task StreamThatHasEnded_IsReplayed_AndShownToWhoHasNoCursor()
    {
        var last = (await AppendAsync(new Append(Sample.Stream) { EndsStream = true })).Last;
        using var replay = await _server.OpenAsync($"?after={last with { Number = 3 }}");
        using var now = await _server.OpenAsync();

        await replay.NextAsync("connected");
        Assert.Equal(4, (await replay.NextAsync("noted")).Number);
        Assert.Equal(5, (await replay.NextAsync("noted")).Number);
        Assert.Null(await replay.NextAsync());
        Assert.Equal(5, (await now.NextAsync("connected")).Number);
        Assert.Null(await now.NextAsync());
    }

    [Fact]
    public async Task CursorOfAnOlderGeneration_IsTold_ThoughTheStreamHasEnded()
    {
        var last = (await AppendAsync(new Append(Sample.Stream) { EndsStream = true })).Last;
        using var client = await _server.OpenAsync("", (last with { Generation = last.Generation + 1 }).ToString());

        Assert.Equal("recreated", (await client.NextAsync("resync")).Member("reason"));
        Assert.Null(await client.NextAsync());
    }

    [Fact]
    public async Task TextThatIsHeldBack_GoesOutBeforeTheEnd()
    {
        var data = "{}"u8.ToArray();
        using var client = await _server.OpenAsync("?after=0");
        await client.UntilAsync("connected");
        await _server.AppendAsync(Sample.Delta(data, new string('x', 20_000), since: 5));
        await client.UntilAsync("written");
        await _server.AppendAsync(Sample.Delta(data, "held", since: 5));
        await AppendAsync(new Append(Sample.Stream) { EndsStream = true });

        var held = await client.NextAsync("written");
        Assert.Equal((7, "held"), (held.Number, held.Member("content")));
        Assert.Equal(20_004, held.Member("accumulated_content")!.Length);
        Assert.Null(await client.NextAsync());
    }

    [Fact]
    public async Task Deletion_EndsTheResponses_AndTheNextFindsNothing()
    {
        using var client = await _server.OpenAsync();
        await client.NextAsync("connected");
        await AppendAsync(new Append(Sample.Other) { Deletes = [Sample.Stream] });
        Assert.Null(await client.NextAsync());

        using var again = await _server.OpenAsync();
        Assert.Equal(HttpStatusCode.NotFound, again.Response.StatusCode);
    }

    [Fact]
    public async Task DeletedEvent_IsABlockWithAnIdOnly_OnItsOwnersStream()
    {
        await AppendAsync(new Append(Sample.Owner, Sample.Event(6)) { Deletes = [Sample.Stream] });
        foreach (var accumulated in new[] { "true", "false" })
        {
            using var client = await _server.OpenAsync("?after=0&accumulated=" + accumulated, stream: Sample.Owner);
            await client.NextAsync("connected");
            for (var number = 1; number <= 5; number++)
                Assert.Matches($@"^id: [0-9a-v]+\.[0-9a-v]+\.{number}\n\n$", (await client.NextAsync())!.Text);

            Assert.Equal(6, (await client.NextAsync("noted")).Number);
        }
    }

    [Fact]
    public async Task TextOfAStreamMadeAgain_BeginsAnew()
    {
        var data = "{}"u8.ToArray();
        await _server.AppendAsync(
            Sample.Other, Sample.Event(1), Sample.Delta(data, "old", since: 1), Sample.Delta(data, " secret", since: 1));
        await ReadWholeAsync("old secret");
        await AppendAsync(new Append(Sample.Owner) { Deletes = [Sample.Other] });
        await _server.AppendAsync(
            Sample.Other, Sample.Event(1), Sample.Delta(data, "new", since: 1), Sample.Delta(data, " text", since: 1));

        await ReadWholeAsync("new text");
    }

    [Fact]
    public async Task CursorThatWasTrimmed_OpensWithResync_AndZeroIsWhatIsRetained()
    {
        var last = (await AppendAsync(new Append(Sample.Stream) { TrimTo = 3 })).Last;
        using var client = await _server.OpenAsync("", (last with { Number = 2 }).ToString());
        using var zero = await _server.OpenAsync("?after=0");

        Assert.Equal("retention", (await client.NextAsync("resync")).Member("reason"));
        Assert.Equal(3, (await zero.NextAsync("connected")).Number);
        Assert.Equal(4, (await zero.NextAsync("noted")).Number);
    }

    private async Task ReadWholeAsync(string whole)
    {
        using var client = await _server.OpenAsync("?after=0", stream: Sample.Other);
        await client.NextAsync("connected");
        await client.NextAsync("noted");
        Assert.Equal(whole, (await client.NextAsync("written")).Member("accumulated_content"));
    }

    private Task<AppendReceipt> AppendAsync(Append append) => _server.Streams.AppendAsync(append).WithinPatience();
}
