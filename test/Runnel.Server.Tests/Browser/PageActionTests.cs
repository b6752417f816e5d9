using Microsoft.Playwright;
using Runnel.Server.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Runnel.Server.Tests.Browser;

/// <summary>What a person does with answers and conversations in the page.</summary>
[Collection(nameof(OneBrowser))]
public class PageActionTests(Chromium chromium)
{
    [Fact]
    public async Task Stop_EndsTheAnswer_AndWhatWasQueuedGoesOn()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await BeginAsync(context);
        var held = talk.Upstream.Hold();
        await SayAsync(page, "go");
        await held.SendAsync("one");
        await Expect(Answer(page)).ToHaveTextAsync("one");

        await page.GetByTestId("composer").FillAsync("next");
        await Expect(page.GetByTestId("send")).ToHaveTextAsync("Queue");
        await page.GetByTestId("composer").PressAsync("Enter");
        await Expect(Message(page, "user")).ToHaveCountAsync(2);
        await page.GetByTestId("stop").ClickAsync();

        await Expect(page.Locator("[data-role=assistant][data-status=stopped]")).ToHaveCountAsync(1);
        await Expect(Answer(page).Last).ToHaveTextAsync("You said: next");
        await Expect(page.GetByTestId("stop")).ToBeHiddenAsync();
        await Expect(page.GetByTestId("composer")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Interrupt_KeepsThePart_AndAnswersTheNewMessage()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await BeginAsync(context);
        var held = talk.Upstream.Hold();
        await SayAsync(page, "go");
        await held.SendAsync("one");
        await Expect(Answer(page)).ToHaveTextAsync("one");

        await page.GetByTestId("composer").FillAsync("rather this");
        await page.GetByTestId("composer").PressAsync("Control+Enter");

        await Expect(Answer(page).Last).ToHaveTextAsync("You said: rather this");
        await Expect(Answer(page).First).ToHaveTextAsync("one");
        await Expect(page.Locator("[data-role=assistant][data-status=stopped]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Regenerate_ShowsTheNewAnswer_AndBothVersionsCanBeReached()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await BeginAsync(context);
        await SayAsync(page, "hello");
        await Expect(Answer(page)).ToHaveTextAsync("You said: hello");
        talk.Upstream.Enqueue(Fakes.Answers.Text("another"));

        await page.GetByTestId("regenerate").ClickAsync();

        await Expect(Answer(page)).ToHaveTextAsync("another");
        await Expect(page.GetByTestId("version")).ToHaveTextAsync("2 / 2");
        await page.GetByTestId("previous").ClickAsync();
        await Expect(Answer(page)).ToHaveTextAsync("You said: hello");
        await Expect(page.GetByTestId("version")).ToHaveTextAsync("1 / 2");
    }

    [Fact]
    public async Task AFailedAnswer_IsTriedAgain_InItsPlace()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await BeginAsync(context);
        talk.Upstream.Enqueue(Fakes.Answers.Status(401));
        await SayAsync(page, "hello");
        await Expect(page.GetByTestId("error")).ToBeVisibleAsync();

        await page.GetByTestId("regenerate").ClickAsync();

        await Expect(Answer(page)).ToHaveTextAsync("You said: hello");
        await Expect(page.GetByTestId("error")).ToBeHiddenAsync();
        await Expect(Message(page, "user")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Rename_ChangesTheTitle_HereAndInTheList()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await BeginAsync(context);
        await Expect(page.GetByTestId("rename")).ToBeHiddenAsync();
        await SayAsync(page, "hello");
        await Expect(Answer(page)).ToHaveTextAsync("You said: hello");

        await page.GetByTestId("rename").ClickAsync();
        await Expect(page.GetByTestId("title-box")).ToHaveValueAsync("hello");
        await page.GetByTestId("title-box").FillAsync("\u6d41 <b>");
        await page.GetByTestId("title-box").PressAsync("Enter");

        await Expect(page.Locator("#title")).ToHaveTextAsync("\u6d41 <b>");
        await Expect(page.GetByTestId("conversation").Locator(".name")).ToHaveTextAsync("\u6d41 <b>");
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
