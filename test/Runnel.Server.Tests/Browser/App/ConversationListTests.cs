using Runnel.Server.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Runnel.Server.Tests.Browser.App;

/// <summary>What one can do with conversations.</summary>
[Collection(nameof(OneBrowser))]
public class ConversationListTests(Chromium chromium)
{
    [Fact]
    public async Task Rename_ChangesTheTitle_HereAndInTheList()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        await page.TalkAsync("hello");

        await page.Tab.GetByTestId("head-menu").ClickAsync();
        await page.Tab.GetByTestId("rename").ClickAsync();
        await Expect(page.Tab.GetByTestId("title-box")).ToHaveValueAsync("hello");
        await page.Tab.GetByTestId("title-box").FillAsync("流 <b>");
        await page.Tab.GetByTestId("title-box").PressAsync("Enter");

        await Expect(page.Tab.GetByTestId("title")).ToHaveTextAsync("流 <b>");
        await Expect(page.Titles).ToHaveTextAsync("流 <b>");
    }

    [Fact]
    public async Task Delete_CanBeTakenBack_AndIsForGoodWhenThePageGoes()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        await page.TalkAsync("hello");

        await DeleteAsync(page);
        await Expect(page.Titles).ToHaveCountAsync(0);
        await page.Tab.GetByTestId("toast-action").ClickAsync();
        await Expect(page.Titles).ToHaveTextAsync("hello");
        await Expect(page.Answers).ToHaveTextAsync("You said: hello");

        var path = new Uri(page.Tab.Url).AbsolutePath;
        await DeleteAsync(page);
        await Expect(page.Titles).ToHaveCountAsync(0);
        await page.Tab.GotoAsync("about:blank");
        await page.Tab.GotoAsync(path);
        await Expect(page.Tab.GetByTestId("missing")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Search_FindsWhatTheTitleContains_OnTheServer()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        await page.TalkAsync("about rivers");
        await page.Tab.GetByTestId("new").ClickAsync();
        await page.TalkAsync("about 100% of lakes");

        await page.Tab.GetByTestId("search").FillAsync("RIVER");
        await Expect(page.Titles).ToHaveTextAsync("about rivers");
        await page.Tab.GetByTestId("search").FillAsync("0%");
        await Expect(page.Titles).ToHaveTextAsync("about 100% of lakes");
        await page.Tab.GetByTestId("search").FillAsync("mountain");
        await Expect(page.Tab.GetByText("Nothing found.")).ToBeVisibleAsync();
        await page.Tab.GetByTestId("search").PressAsync("Escape");
        await Expect(page.Titles).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task WhatRunsElsewhere_IsMarkedInTheList()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        var held = talk.Upstream.Hold();
        await page.SayAsync("slowly");
        await held.SendAsync("one");
        await page.Tab.GetByTestId("new").ClickAsync();
        await Expect(page.Composer).ToBeFocusedAsync();
        await Expect(page.Titles).ToHaveAttributeAsync("data-running", "true");

        await held.FinishAsync();

        await Expect(page.Titles).ToHaveAttributeAsync("data-running", "false");
    }

    [Fact]
    public async Task Export_GivesAFile()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        await page.TalkAsync("hello");

        await page.Tab.GetByTestId("head-menu").ClickAsync();
        var file = await page.Tab.RunAndWaitForDownloadAsync(() => page.Tab.GetByTestId("export-markdown").ClickAsync());

        Assert.StartsWith("hello", file.SuggestedFilename, StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Contains("You said: hello", text, StringComparison.Ordinal);
    }

    private static async Task DeleteAsync(AppPage page)
    {
        await page.Tab.GetByTestId("head-menu").ClickAsync();
        await page.Tab.GetByTestId("delete").ClickAsync();
    }
}
