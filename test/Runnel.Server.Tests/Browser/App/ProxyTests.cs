using Runnel.Server.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Runnel.Server.Tests.Browser.App;

/// <summary>What stands between a browser and the server.</summary>
[Collection(nameof(OneBrowser))]
public class ProxyTests(Chromium chromium)
{
    [Fact]
    public async Task BehindNginx_WithItsOwnBuffering_AnAnswerStillStreams()
    {
        await using var talk = await Talk.StartAsync();
        await using var nginx = await Nginx.BeforeAsync(talk.Server.BaseAddress);
        await using var context = await chromium.NewContextAsync(nginx.Address);
        var page = await AppPage.BeginAsync(context);
        var held = talk.Upstream.Hold();
        await page.SayAsync("go");

        // Each piece is seen before the next one is sent: nothing waits for a buffer to be full.
        foreach (var text in new[] { "one", "one two", "one two three" })
        {
            await held.SendAsync(text.Split(' ').Length == 1 ? text : " " + text.Split(' ')[^1]);
            await Expect(page.Answers).ToHaveTextAsync(text);
        }

        await held.FinishAsync();
        await Expect(page.Ended("complete")).ToHaveCountAsync(1);
        page.HasNoComplaints();
    }

    [Fact]
    public async Task AConnectionThatIsCut_IsHealed_AndNothingIsLost()
    {
        await using var talk = await Talk.StartAsync();
        await using var proxy = CuttableProxy.To(talk.Server.BaseAddress);
        await using var context = await chromium.NewContextAsync(proxy.Address);
        var page = await AppPage.BeginAsync(context);
        var held = talk.Upstream.Hold();
        await page.SayAsync("go");
        await held.SendAsync("one");
        await Expect(page.Answers).ToHaveTextAsync("one");

        proxy.Cut();
        await held.SendAsync(" two");
        await Expect(page.Answers).ToHaveTextAsync("one two");
        await held.FinishAsync();

        await Expect(page.Ended("complete")).ToHaveCountAsync(1);
        await Expect(page.Tab.GetByTestId("connection")).ToHaveAttributeAsync("data-state", "live");
        page.HasNoComplaints();
    }
}
