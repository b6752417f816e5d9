using Microsoft.Playwright;
using Runnel.Server.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Runnel.Server.Tests.Browser.App;

/// <summary>Digital humans: made, taught, looked into, talked to. The demonstration model answers, which learns by rules.</summary>
[Collection(nameof(OneBrowser))]
public class TrainingTests(Chromium chromium)
{
    [Fact]
    public async Task ADigitalHuman_IsTaught_ShowsWhatItLearned_AndForgets()
    {
        await using var server = await RunnelServer.StartAsync();
        await using var context = await chromium.NewContextAsync(server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        await MakeAsync(page);
        await page.Tab.GetByTestId("train").ClickAsync();

        await page.Tab.GetByTestId("teach").FillAsync("My name is Lin and I live in Hangzhou. I like hiking.");
        await page.Tab.GetByTestId("teach").PressAsync("Enter");

        var round = page.Tab.GetByTestId("round");
        await Expect(round).ToHaveAttributeAsync("data-status", "complete");
        await Expect(round.GetByTestId("step")).ToHaveCountAsync(5);
        await Expect(round.GetByTestId("learned")).ToContainTextAsync("Hangzhou");
        await Expect(round.GetByTestId("next-question")).Not.ToBeEmptyAsync();
        await Expect(page.Tab.GetByTestId("node").Filter(new() { HasText = "Hangzhou" })).ToHaveCountAsync(1);
        await page.Tab.GetByTestId("node").Filter(new() { HasText = "Hangzhou" }).FocusAsync();
        await page.Tab.Keyboard.PressAsync("Enter");
        await Expect(page.Tab.GetByTestId("source")).ToHaveTextAsync("My name is Lin and I live in Hangzhou. I like hiking.");
        await Axe.CheckAsync(page.Tab, "training");
        await TakePictureAsync(page);

        await page.Tab.GetByTestId("humans").ClickAsync();
        await page.Tab.GetByTestId("talk").ClickAsync();
        await page.TalkAsync("Tell me about Hangzhou");
        await page.Tab.GetByTestId("used").Locator("summary").ClickAsync();
        await page.Tab.GetByTestId("used").GetByRole(AriaRole.Link).Filter(new() { HasText = "Hangzhou" }).First.ClickAsync();
        await Expect(page.Tab.GetByTestId("source")).ToHaveTextAsync("My name is Lin and I live in Hangzhou. I like hiking.");

        await page.Tab.GetByTestId("node").Filter(new() { HasText = "Hangzhou" }).FocusAsync();
        await page.Tab.Keyboard.PressAsync("Enter");
        page.Tab.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await page.Tab.GetByTestId("forget").ClickAsync();
        await Expect(page.Tab.GetByTestId("node").Filter(new() { HasText = "Hangzhou" })).ToHaveCountAsync(0);
        page.HasNoComplaints();
    }

    [Fact]
    public async Task ADigitalHuman_GreetsWhoTalksToIt()
    {
        await using var server = await RunnelServer.StartAsync();
        await using var context = await chromium.NewContextAsync(server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        await MakeAsync(page);
        await Pictures.TakeAsync(page.Tab, "digital-humans");

        await page.Tab.GetByTestId("talk").ClickAsync();
        await Expect(page.Tab.GetByTestId("greeting")).ToContainTextAsync("Good evening.");
        await page.TalkAsync("hello");

        await Expect(page.Tab.GetByTestId("greeting")).ToContainTextAsync("Ada");
        page.HasNoComplaints();
    }

    /// <summary>Of more than one round, and not of the list that is there for keys.</summary>
    private static async Task TakePictureAsync(AppPage page)
    {
        if (!Pictures.AreWanted)
            return;
        foreach (var text in new[] { "I work at Alpine Labs and I play the guitar.", "My brother lives in Chengdu." })
        {
            var before = await page.Tab.GetByTestId("round").CountAsync();
            await page.Tab.GetByTestId("teach").FillAsync(text);
            await page.Tab.GetByTestId("teach").PressAsync("Enter");
            await Expect(page.Tab.Locator("[data-testid=round][data-status=complete]")).ToHaveCountAsync(before + 1);
        }

        await page.Tab.GetByTestId("teach").FocusAsync();
        await Pictures.SettleAsync(page.Tab);
        await Pictures.TakeAsync(page.Tab, "training");
    }

    private static async Task MakeAsync(AppPage page)
    {
        await page.Tab.GetByTestId("humans").ClickAsync();
        await page.Tab.GetByTestId("new-human").ClickAsync();
        await page.Tab.Locator("#human-name").FillAsync("Ada");
        await page.Tab.Locator("#human-persona").FillAsync("You are Ada, who explains machines to whoever asks.");
        await page.Tab.Locator("#human-greeting").FillAsync("Good evening.");
        await page.Tab.GetByTestId("save-human").ClickAsync();
        await Expect(page.Tab.GetByTestId("human")).ToContainTextAsync("Ada");
    }
}
