using Microsoft.Extensions.AI;
using Runnel.Fakes;
using Runnel.Providers.Tests.Fakes;

namespace Runnel.Providers.Tests.OpenAI;

public class StreamingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chunks_OfOneRead_AreOneUpdate()
    {
        static string Chunks(params string[] texts) => string.Concat(texts.Select(text => $"data: {Wire.Text(text)}\n\n"));
        var server = CannedServer.Stream(Chunks("a", "b", "c"), Chunks("d", "e") + "data: [DONE]\n\n");
        using var client = server.Client();
        await using var updates = client.Ask("hi", Cancellation).GetAsyncEnumerator(Cancellation);
        List<(bool Waited, string Text)> heard = [];
        while (true)
        {
            var move = updates.MoveNextAsync();
            var waited = !move.IsCompleted;
            if (!await move) break;
            heard.Add((waited, updates.Current.Text));
        }

        // The last update is in hand.
        Assert.Equal([(true, "abc"), (true, "de"), (false, "")], heard);
    }

    [Fact]
    public async Task Chunks_OfOneRead_KeepTheirOrder_WithReasoningApart()
    {
        string[] chunks = [Wire.Reasoning("a"), Wire.Reasoning("b"), Wire.Text("c"), Wire.Reasoning("d"), Wire.Text("e"), "[DONE]"];
        using var client = CannedServer.Stream(string.Concat(chunks.Select(chunk => $"data: {chunk}\n\n"))).Client();
        await using var updates = client.Ask("hi", Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal(["(ab)", "c", "(d)", "e"], updates.Current.Contents.Select(content =>
            content is TextReasoningContent reasoning ? $"({reasoning.Text})" : ((TextContent)content).Text));
    }

    [Fact]
    public async Task Text_BeforeAFault_InTheSameRead_IsGivenOutFirst()
    {
        using var client = CannedServer.Stream($"data: {Wire.Text("a")}\n\ndata: {Wire.Text("b")}\n\ndata: {{bad\n\n").Client();
        await using var updates = client.Ask("hi", Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal("ab", updates.Current.Text);
        var fault = await Assert.ThrowsAsync<ProviderException>(async () => await updates.MoveNextAsync());
        Assert.Equal(ProviderError.Malformed, fault.Code);
    }

    [Fact]
    public async Task FirstWord_IsGivenOut_BeforeTheAnswerIsWritten()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var held = upstream.Hold();
        using var client = Real.Client(upstream.BaseUrl);
        await using var updates = client.Ask("hi", Cancellation).GetAsyncEnumerator(Cancellation);
        var first = updates.MoveNextAsync();
        await held.SendAsync("Hello");
        Assert.True(await first);
        Assert.Equal("Hello", updates.Current.Text);
        Assert.Equal(1, upstream.ActiveRequests);
        await held.FinishAsync();
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal(ChatFinishReason.Stop, updates.Current.FinishReason);
        Assert.False(await updates.MoveNextAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelling_ClosesTheConnection(bool afterText)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var held = upstream.Hold();
        using var client = Real.Client(upstream.BaseUrl);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var updates = client.Ask("hi", stop.Token).GetAsyncEnumerator(Cancellation);
        var move = updates.MoveNextAsync();
        await upstream.WaitForRequestAsync(cancellationToken: Cancellation);
        if (afterText)
        {
            await held.SendAsync("Hello");
            Assert.True(await move);
            move = updates.MoveNextAsync();
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await move);
        await upstream.WaitForAbortAsync(cancellationToken: Cancellation);
        Assert.Equal((0, 1), (upstream.ActiveRequests, upstream.ClientAborts));
    }

    [Fact]
    public async Task Leaving_BetweenTwoUpdates_ClosesTheConnection_WithoutDrainingIt()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        var held = upstream.Hold();
        using var client = Real.DrainingClient(upstream.BaseUrl);
        var sending = held.SendAsync("Hello");
        await foreach (var update in client.Ask("hi", Cancellation))
        {
            Assert.Equal("Hello", update.Text);
            break;
        }

        await sending;
        await upstream.WaitForAbortAsync(cancellationToken: Cancellation);
        Assert.Equal(1, upstream.ClientAborts);
    }

    [Fact]
    public async Task Connection_IsUsedAgain_AfterAWholeAnswer()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        using var client = Real.Client(upstream.BaseUrl);
        Assert.Equal("You said: one", (await client.HearAsync("one")).Text);
        Assert.Equal("You said: two", (await client.HearAsync("two")).Text);
        Assert.Equal(0, upstream.ClientAborts);
    }

    [Fact]
    public async Task GetResponse_CollectsTheStream()
    {
        await using var upstream = await FakeUpstream.StartAsync();
        using var client = Real.Client(upstream.BaseUrl);
        var response = await client.GetResponseAsync("a b c", cancellationToken: Cancellation);
        Assert.Equal("You said: a b c", response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal(5, response.Usage?.OutputTokenCount);
        Assert.Equal("chatcmpl-fake", response.ResponseId);
        Assert.Equal("fake", response.ModelId);
    }
}
