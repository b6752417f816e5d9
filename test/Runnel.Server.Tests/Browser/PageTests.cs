using Microsoft.Playwright;
using Runnel.Server.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Runnel.Server.Tests.Browser;

/// <summary>The page that the server brings, as a person uses it.</summary>
[Collection(nameof(OneBrowser))]
public class PageTests(Chromium chromium)
{
    [Fact]
    public async Task AFirstRun_LeadsToTheFirstAnswer_WithinTwoClicks()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await context.NewPageAsync();
        var problems = Listen(page);
        await page.GotoAsync("/");

        await page.GetByTestId("begin").ClickAsync();
        await page.GetByTestId("composer").FillAsync("hello");
        await page.GetByTestId("send").ClickAsync();

        await Expect(Answer(page)).ToHaveTextAsync("You said: hello");
        await Expect(Message(page, "user")).ToHaveTextAsync("hello");
        await Expect(page.Locator("[data-testid=message][data-role=assistant]")).ToHaveAttributeAsync("data-status", "complete");
        // Before anybody is signed in the page asks who is, and is told 401, which Chromium writes into its console.
        Assert.All(problems, problem => Assert.Contains("401", problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ARefreshInMidAnswer_AndASecondTab_ShowTheSameText_AndTheRestOnce()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await BeginAsync(context);
        var held = talk.Upstream.Hold();
        await SayAsync(page, "go");
        await held.SendAsync("one");
        await Expect(Answer(page)).ToHaveTextAsync("one");

        await page.ReloadAsync();
        await Expect(Answer(page)).ToHaveTextAsync("one");
        var second = await context.NewPageAsync();
        await second.GotoAsync(page.Url);
        await Expect(Answer(second)).ToHaveTextAsync("one");
        await held.SendAsync(" two");
        await Expect(Answer(page)).ToHaveTextAsync("one two");
        await Expect(Answer(second)).ToHaveTextAsync("one two");
        await held.FinishAsync();

        foreach (var tab in new[] { page, second })
        {
            await Expect(tab.Locator("[data-status=complete][data-role=assistant]")).ToHaveCountAsync(1);
            await Expect(Answer(tab)).ToHaveTextAsync("one two");
            await Expect(Message(tab, "user")).ToHaveTextAsync("go");
        }

        await SayAsync(second, "again");
        await Expect(Answer(page).Last).ToHaveTextAsync("You said: again");
    }

    private static List<string> Listen(IPage page)
    {
        var problems = new List<string>();
        page.PageError += (_, error) => problems.Add(error);
        page.Console += (_, line) =>
        {
            if (line.Type == "error")
                problems.Add(line.Text);
        };
        return problems;
    }

    private static async Task<IPage> BeginAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByTestId("begin").ClickAsync();
        await Expect(page.GetByTestId("composer")).ToBeVisibleAsync();
        return page;
    }

    private static async Task SayAsync(IPage page, string text)
    {
        await page.GetByTestId("composer").FillAsync(text);
        await page.GetByTestId("send").ClickAsync();
    }

    private static ILocator Answer(IPage page) => Message(page, "assistant");

    private static ILocator Message(IPage page, string role) =>
        page.Locator($"[data-testid=message][data-role={role}] [data-testid=message-text]");
}
