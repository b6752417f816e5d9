using Microsoft.Playwright;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Browser;

/// <summary>A page that is written for the original's script, against this server.</summary>
[Collection(nameof(OneBrowser))]
public class OriginalClientTests(Chromium chromium)
{
    private const string Follow = """
        thread => {
          document.body.innerHTML = '<div id="current-ai-response"></div>';
          window.shown = document.body.firstChild;
          window.errors = 0;
          window.sse = new AIAgentsSSE();
          window.returned = sse.connectToConversationStream(thread, data => console.log(data), () => window.errors++);
        }
        """;

    [Fact]
    public async Task APageOfTheOriginal_ShowsAnAnswerAsItGrows_AndKeepsTheWholeOne()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress, withScripts: true);
        var (page, source) = await OpenAsync(context);
        var thread = await source.CreateAsync();
        var held = talk.Upstream.Hold();
        await page.EvaluateAsync(Follow, thread);
        await page.WaitForFunctionAsync("returned.readyState === EventSource.OPEN");

        await source.SendAsync("go", thread);
        await held.SendAsync("Water ");
        await ShowsAsync(page, "Water ");
        await held.SendAsync("flows & <b>falls</b>.");
        await ShowsAsync(page, "Water flows & <b>falls</b>.");
        Assert.Equal("current-ai-response", await page.EvaluateAsync<string>("shown.id"));
        await held.FinishAsync();

        await page.WaitForFunctionAsync("shown.id === ''");
        await ShowsAsync(page, "Water flows & <b>falls</b>.");
        Assert.True(await page.EvaluateAsync<bool>($"sse.connections.get('conversation_{thread}') === returned"));
        Assert.Equal(0, await page.EvaluateAsync<int>("errors"));
    }

    [Fact]
    public async Task APageOfTheOriginal_LosesNothing_WhenItsConnectionIsCut_AndLeavesWhenItDisconnects()
    {
        await using var talk = await Talk.StartAsync();
        await using var proxy = CuttableProxy.To(talk.Server.BaseAddress);
        await using var context = await chromium.NewContextAsync(proxy.Address, withScripts: true);
        var (page, source) = await OpenAsync(context);
        var thread = await source.CreateAsync();
        var held = talk.Upstream.Hold();
        await page.EvaluateAsync(Follow, thread);
        await page.WaitForFunctionAsync("returned.readyState === EventSource.OPEN");
        await source.SendAsync("go", thread);
        await held.SendAsync("one ");
        await ShowsAsync(page, "one ");

        proxy.Cut();
        await page.WaitForFunctionAsync("errors > 0");
        await held.SendAsync("two ");
        await held.SendAsync("three");
        await held.FinishAsync();

        await page.WaitForFunctionAsync("shown.id === ''");
        await ShowsAsync(page, "one two three");
        await page.EvaluateAsync("sse.disconnectAll()");
        Assert.Equal(0, await page.EvaluateAsync<int>("sse.connections.size"));
        Assert.Equal(2, await page.EvaluateAsync<int>("returned.readyState"));
    }

    private static async Task<(IPage Page, EventSourcePage Source)> OpenAsync(IBrowserContext context)
    {
        var source = await EventSourcePage.OpenAsync(context);
        var page = context.Pages[0];
        await page.AddScriptTagAsync(new() { Url = "/static/js/sse-client.js" });
        return (page, source);
    }

    private static async Task ShowsAsync(IPage page, string text) =>
        await page.WaitForFunctionAsync("text => window.shown.textContent === text", text);
}
