using Runnel.Fakes;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Browser;

/// <summary>What a browser's own <c>EventSource</c> makes of the streams.</summary>
[Collection(nameof(OneBrowser))]
public class EventSourceTests(Chromium chromium)
{
    [Fact]
    public async Task AnAnswer_ArrivesInManyEventsOverTime_AndTheConnectionCarriesTheNextRound()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress, withScripts: true);
        var page = await EventSourcePage.OpenAsync(context);
        var thread = await page.CreateAsync();
        await page.ListenAsync($"{Speaker.Api}/{thread}/stream");
        await page.UntilAsync("connected", 1);
        var held = talk.Upstream.Hold();
        await page.SendAsync("first", thread);

        await SendPiecesAsync(page, held, first: 1, last: 12);
        await held.FinishAsync();
        await page.UntilAsync(TurnEvents.Complete, 1);
        await page.SendAsync("second", thread);
        await page.UntilAsync(TurnEvents.Complete, 2);

        var seen = await page.SeenAsync();
        var ends = seen.Where(next => next.IsEnd()).ToList();
        Assert.Equal(Text(1, 12), ends[0].Text("final_content"));
        Assert.Equal(Text(1, 12), seen.TakeWhile(next => !next.IsEnd()).Joined());
        Assert.Equal("You said: second", ends[1].Text("final_content"));
        Assert.Equal(1, await page.OpenedAsync());
        Assert.Equal(1, seen.Count(next => next.Event == "connected"));
    }

    [Theory]
    [InlineData("/api/v1/conversations/{0}/stream")]
    [InlineData("/api/conversations/stream")]
    public async Task ACutConnection_IsResumedByTheBrowserItself_WithoutLossOrRepetition(string path)
    {
        await using var talk = await Talk.StartAsync();
        await using var proxy = CuttableProxy.To(talk.Server.BaseAddress);
        await using var context = await chromium.NewContextAsync(proxy.Address, withScripts: true);
        var page = await EventSourcePage.OpenAsync(context);
        var thread = await page.CreateAsync();
        await page.ListenAsync(path.Replace("{0}", thread, StringComparison.Ordinal));
        await page.UntilAsync("connected", 1);
        var held = talk.Upstream.Hold();
        await page.SendAsync("go", thread);
        await SendPiecesAsync(page, held, first: 1, last: 5);

        proxy.Cut();
        await page.UntilLostAsync();
        for (var piece = 6; piece <= 8; piece++)
            await held.SendAsync(Text(piece, piece));
        await page.UntilAsync("connected", 2);
        await held.SendAsync(Text(9, 9));
        await held.FinishAsync();
        await page.UntilAsync(TurnEvents.Complete, 1);

        var seen = await page.SeenAsync();
        Assert.Equal(Text(1, 9), seen.Joined());
        Assert.Equal(Text(1, 9), seen[^1].Text("final_content"));
        var again = seen.FindLastIndex(next => next.Event == "connected");
        Assert.Equal(seen[again - 1].Id, seen[again].Id);
        Assert.Empty(seen[again].Data.GetProperty("running").EnumerateArray());
        var ids = seen.Where(next => next.Event != "connected").Select(next => TurnEvents.Number(next.Id)).ToList();
        Assert.Equal(ids.Distinct().Order(), ids);
    }

    /// <summary>Each piece is sent when the browser has seen the one before: so each is an event of its own.</summary>
    private static async Task SendPiecesAsync(EventSourcePage page, HeldAnswer held, int first, int last)
    {
        for (var piece = first; piece <= last; piece++)
        {
            await held.SendAsync(Text(piece, piece));
            await page.UntilAsync(TurnEvents.Chunk, piece);
        }
    }

    private static string Text(int first, int last) =>
        string.Concat(Enumerable.Range(first, last - first + 1).Select(piece => $"piece {piece}, "));
}
