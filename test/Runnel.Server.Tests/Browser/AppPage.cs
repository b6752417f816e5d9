using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Runnel.Server.Tests.Browser;

/// <summary>The web app in one tab, as a person uses it. It notes whatever the browser complains of.</summary>
public sealed partial class AppPage
{
    private readonly ConcurrentQueue<string> _complaints = new();

    private AppPage(IPage tab) => Tab = tab;

    public IPage Tab { get; }

    public ILocator Composer => Tab.GetByTestId("composer");

    /// <summary>The texts of all answers, in order.</summary>
    public ILocator Answers => Texts("assistant");

    public ILocator Questions => Texts("user");

    /// <summary>The titles in the list of conversations.</summary>
    public ILocator Titles => Tab.GetByTestId("conversation");

    /// <summary>A tab of its own, not yet signed in.</summary>
    public static async Task<AppPage> OpenAsync(IBrowserContext context, string path = "/")
    {
        var page = new AppPage(await context.NewPageAsync());
        page.Tab.PageError += (_, error) => page._complaints.Enqueue(error);
        page.Tab.Console += (_, line) => page.Note(line);
        await page.Tab.GotoAsync(path);
        return page;
    }

    /// <summary>On a server without accounts: through the welcome, to where one writes.</summary>
    public static async Task<AppPage> BeginAsync(IBrowserContext context)
    {
        var page = await OpenAsync(context);
        await page.Tab.GetByTestId("begin").ClickAsync();
        await Expect(page.Composer).ToBeVisibleAsync();
        return page;
    }

    /// <summary>Through the card that asks who one is.</summary>
    public async Task EnterAsync(string email)
    {
        await Tab.Locator("#email").FillAsync(email);
        await Tab.Locator("#password").FillAsync("correct horse");
        await Tab.GetByTestId("sign-in").ClickAsync();
        await Expect(Composer).ToBeVisibleAsync();
    }

    public async Task SayAsync(string text)
    {
        await Composer.FillAsync(text);
        await Composer.PressAsync("Enter");
    }

    /// <summary>Says something and waits until its answer is whole.</summary>
    public async Task TalkAsync(string text, int answers = 1)
    {
        await SayAsync(text);
        await Expect(Ended("complete")).ToHaveCountAsync(answers);
    }

    /// <summary>Answers that are in this state.</summary>
    public ILocator Ended(string status) => Tab.Locator($"[data-testid=message][data-role=assistant][data-status={status}]");

    public ILocator Messages(string role) => Tab.Locator($"[data-testid=message][data-role={role}]");

    /// <summary>Brings the buttons of a message to light, which are hidden from who does not point at it.</summary>
    public async Task PressAsync(ILocator message, string testId)
    {
        await message.HoverAsync();
        await message.GetByTestId(testId).ClickAsync();
    }

    /// <summary>Fails if the browser complained of anything: an error of a script, a file that is not there, a violation of the
    /// page's policy. That nobody is signed in at first, and that a server is away for a while, is no error of the page.</summary>
    public void HasNoComplaints() => Assert.Empty(_complaints);

    private ILocator Texts(string role) =>
        Tab.Locator($"[data-testid=message][data-role={role}] [data-testid=message-text]");

    private void Note(IConsoleMessage line)
    {
        if (line.Type is "error" or "warning" && !Expected().IsMatch(line.Text))
            _complaints.Enqueue($"{line.Type}: {line.Text} ({line.Location})");
    }

    [GeneratedRegex("status of 401|status of 404|net::ERR_")]
    private static partial Regex Expected();
}
