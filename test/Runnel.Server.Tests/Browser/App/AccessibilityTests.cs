using Microsoft.Playwright;
using Runnel.Server.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Runnel.Server.Tests.Browser.App;

/// <summary>For people who use keys, a reader of the screen, or more contrast. The rules are those of WCAG 2.2 AA, as far as
/// axe-core can tell.</summary>
[Collection(nameof(OneBrowser))]
public class AccessibilityTests(Chromium chromium)
{
    private const string Answer = """
        ## Rivers

        | name | length |
        |---|---|
        | Nile | 6,650 km |

        - [x] flows
        - [ ] stands

        Its speed is $v = \frac{Q}{A}$, and $$Q = \int v \, dA$$

        ```csharp
        // A river.
        var water = new River("Nile", 6_650);
        ```

        > Nobody steps twice into the same one. [Source](https://example.org)
        """;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task NoPage_BreaksARule(ColorScheme theme)
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(
            talk.Server.BaseAddress, new BrowserNewContextOptions { ColorScheme = theme });
        var page = await AppPage.OpenAsync(context);
        await Expect(page.Tab.GetByTestId("begin")).ToBeVisibleAsync();
        await Axe.CheckAsync(page.Tab, "sign-in");
        await page.Tab.GetByTestId("begin").ClickAsync();
        await Expect(page.Composer).ToBeVisibleAsync();
        await Axe.CheckAsync(page.Tab, "new conversation");
        talk.Upstream.Enqueue(Fakes.Answers.Text(Answer));
        await page.TalkAsync("Tell me about rivers");
        await page.PressAsync(page.Messages("assistant"), "details");
        await Axe.CheckAsync(page.Tab, "conversation");
        await page.Tab.Mouse.MoveAsync(0, 0);
        await Pictures.TakeAsync(page.Tab, theme == ColorScheme.Dark ? "conversation-dark" : "conversation");
        string[] others = ["/settings/general", "/settings/account", "/settings/sessions", "/settings/keys", "/humans", "/streams"];
        foreach (var path in others)
        {
            await page.Tab.GotoAsync(path);
            await Expect(page.Tab.GetByTestId("title")).ToBeVisibleAsync();
            await Axe.CheckAsync(page.Tab, path);
        }

        await page.Tab.GotoAsync("/c/nothing");
        await Expect(page.Tab.GetByTestId("missing")).ToBeVisibleAsync();
        await Axe.CheckAsync(page.Tab, "missing");
        await page.Tab.GotoAsync("/humans");
        await page.Tab.GetByTestId("new-human").ClickAsync();
        await Axe.CheckAsync(page.Tab, "new digital human");

        page.HasNoComplaints();
    }

    [Fact]
    public async Task WithKeysAlone_OneBegins_Talks_Renames_AndFindsHelp()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.OpenAsync(context);
        var keys = page.Tab.Keyboard;
        await Expect(page.Tab.GetByTestId("begin")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Composer).ToBeFocusedAsync();
        await keys.TypeAsync("by keys");
        await keys.PressAsync("Enter");
        await Expect(page.Answers).ToHaveTextAsync("You said: by keys");

        await TabToAsync(page, "head-menu");
        await keys.PressAsync("Enter");
        await Expect(page.Tab.GetByTestId("rename")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await keys.TypeAsync("renamed by keys");
        await keys.PressAsync("Enter");
        await Expect(page.Titles).ToHaveTextAsync("renamed by keys");

        await page.Tab.Locator("body").PressAsync("?");
        await Expect(page.Tab.GetByTestId("shortcuts")).ToBeVisibleAsync();
        await Pictures.TakeAsync(page.Tab, "shortcuts");
        await keys.PressAsync("Escape");
        await Expect(page.Tab.GetByTestId("shortcuts")).ToHaveCountAsync(0);

        await keys.PressAsync("Control+Shift+O");
        await Expect(page.Tab.GetByTestId("title")).ToHaveTextAsync("New conversation");
        await keys.PressAsync("Control+K");
        await Expect(page.Tab.GetByTestId("search")).ToBeFocusedAsync();
        await keys.PressAsync("Alt+ArrowDown");
        await Expect(page.Tab.GetByTestId("title")).ToHaveTextAsync("renamed by keys");
        page.HasNoComplaints();
    }

    [Fact]
    public async Task WhatGoes_GivesTheFocusToWhatComesNext()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        await page.TalkAsync("hello");
        var (keys, edit) = (page.Tab.Keyboard, page.Messages("user").GetByTestId("edit"));

        await edit.FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Tab.GetByTestId("edit-box")).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Expect(edit).ToBeFocusedAsync();
        await page.Tab.GetByTestId("help").FocusAsync();
        await keys.PressAsync("Enter");
        await keys.PressAsync("Escape");
        await Expect(page.Tab.GetByTestId("help")).ToBeFocusedAsync();
        await page.Tab.GetByTestId("head-menu").FocusAsync();
        await keys.PressAsync("Enter");
        await keys.PressAsync("End");
        await keys.PressAsync("Enter");
        await Expect(page.Composer).ToBeFocusedAsync();

        await page.Tab.SetViewportSizeAsync(390, 844);
        await page.Tab.GetByTestId("menu").FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Tab.Locator("#sidebar")).ToBeFocusedAsync();
        await Axe.CheckAsync(page.Tab, "the list on a phone");
        await keys.PressAsync("Escape");
        await Expect(page.Tab.GetByTestId("menu")).ToBeFocusedAsync();
        page.HasNoComplaints();
    }

    [Fact]
    public async Task Escape_StopsTheAnswer()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        var held = talk.Upstream.Hold();
        await page.SayAsync("go");
        await held.SendAsync("one");
        await Expect(page.Answers).ToHaveTextAsync("one");

        await page.Composer.PressAsync("Escape");

        await Expect(page.Ended("stopped")).ToHaveCountAsync(1);
    }

    private static async Task TabToAsync(AppPage page, string testId)
    {
        for (var presses = 0; presses < 60; presses++)
        {
            if (await page.Tab.EvaluateAsync<string?>("document.activeElement?.dataset.testid ?? null") == testId)
                return;
            await page.Tab.Keyboard.PressAsync("Shift+Tab");
        }

        Assert.Fail($"No key leads to {testId}.");
    }
}
