using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Runnel.Server.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Runnel.Server.Tests.Browser.App;

/// <summary>What goes wrong around the app, and what a person has lost by it: nothing. All share a server.</summary>
[Collection(nameof(OneBrowser))]
public sealed class FaultTests(Chromium chromium, Talk talk) : IClassFixture<Talk>, IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _used = [];

    [Theory]
    [InlineData("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };")]
    [InlineData("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });")]
    public async Task ABrowserThatKeepsNothing_StillKeepsADraft_WhileThePageIsOpen(string fault)
    {
        var context = await NewContextAsync();
        await context.AddInitScriptAsync(fault);
        var (page, _) = await SignInAsync(context);
        await page.TalkAsync("hello");
        await page.Composer.FillAsync("half a thought");

        await page.Tab.GetByTestId("new").ClickAsync();
        await Expect(page.Composer).ToHaveValueAsync("");
        await page.Titles.First.ClickAsync();

        await Expect(page.Composer).ToHaveValueAsync("half a thought");
        await page.Composer.PressAsync("Enter");
        await Expect(page.Answers.Last).ToHaveTextAsync("You said: half a thought");
        page.HasNoComplaints();
    }

    [Fact]
    public async Task TwoTabsThatEditTheSameMessage_BothKeepWhatTheyWrote()
    {
        var context = await NewContextAsync();
        var (page, _) = await SignInAsync(context);
        await page.TalkAsync("first");
        var second = await AppPage.OpenAsync(context, new Uri(page.Tab.Url).AbsolutePath);
        await Expect(second.Answers).ToHaveTextAsync("You said: first");
        await page.PressAsync(page.Messages("user"), "edit");
        await second.PressAsync(second.Messages("user"), "edit");
        await second.Tab.GetByTestId("edit-box").FillAsync("by the second");

        await page.Tab.GetByTestId("edit-box").FillAsync("by the first");
        await page.Tab.GetByTestId("save-edit").ClickAsync();
        await Expect(second.Answers).ToHaveTextAsync(["You said: by the first"]);
        await Expect(second.Tab.GetByTestId("lost-edit").GetByTestId("edit-box")).ToHaveValueAsync("by the second");
        await second.Tab.GetByTestId("save-edit").ClickAsync();

        foreach (var tab in new[] { page, second })
        {
            await Expect(tab.Answers).ToHaveTextAsync(["You said: by the second"]);
            await Expect(tab.Tab.GetByTestId("version")).ToHaveTextAsync("3 / 3");
            await Expect(tab.Tab.GetByTestId("lost-edit")).ToHaveCountAsync(0);
            tab.HasNoComplaints();
        }
    }

    [Fact]
    public async Task ASessionThatEndsInMidAnswer_AsksToSignInAgain_AndTheAnswerGoesOnWhereItWas()
    {
        var (page, email) = await SignInAsync(await NewContextAsync());
        var held = talk.Upstream.Hold();
        await page.SayAsync("go");
        await held.SendAsync("one");
        await Expect(page.Answers).ToHaveTextAsync("one");
        await page.Composer.FillAsync("half a thought");

        await EndSessionsAsync(email);
        await Expect(page.Tab.GetByTestId("sign-in")).ToBeVisibleAsync();
        await Expect(page.Tab.GetByText("You were signed out.")).ToBeVisibleAsync();
        await held.SendAsync(" two");
        await page.EnterAsync(email);

        await Expect(page.Answers).ToHaveTextAsync("one two");
        await held.SendAsync(" three");
        await held.FinishAsync();
        await Expect(page.Ended("complete")).ToHaveCountAsync(1);
        await Expect(page.Answers).ToHaveTextAsync("one two three");
        await Expect(page.Composer).ToHaveValueAsync("half a thought");
        page.HasNoComplaints();
    }

    [Fact]
    public async Task AClockThatIsWrong_AndJumpsInMidAnswer_LosesNothing()
    {
        var context = await NewContextAsync();
        await context.Clock.SetFixedTimeAsync(TimeProvider.System.GetUtcNow().AddYears(-3).UtcDateTime);
        var (page, _) = await SignInAsync(context);
        var held = talk.Upstream.Hold();
        await page.SayAsync("go");
        await held.SendAsync("one");
        await Expect(page.Answers).ToHaveTextAsync("one");

        await context.Clock.SetFixedTimeAsync(TimeProvider.System.GetUtcNow().AddHours(7).UtcDateTime);
        await held.SendAsync(" two");
        await Expect(page.Answers).ToHaveTextAsync("one two");
        await held.FinishAsync();

        await Expect(page.Ended("complete")).ToHaveCountAsync(1);
        await Expect(page.Titles).ToHaveAttributeAsync("data-running", "false");
        page.HasNoComplaints();
    }

    /// <summary>The stream is held by the page itself here, since the clock of a worker cannot be turned.</summary>
    [Fact]
    public async Task AServerThatIsAwayForAMinute_HasWrittenOn_AndGetsWhatWasSaidMeanwhileOnce()
    {
        var proxy = CuttableProxy.To(talk.Server.BaseAddress);
        _used.Add(proxy);
        var context = await NewContextAsync(proxy.Address);
        await context.AddInitScriptAsync("delete window.SharedWorker;");
        await context.Clock.InstallAsync();
        var (page, _) = await SignInAsync(context);
        var held = talk.Upstream.Hold();
        await page.SayAsync("go");
        await held.SendAsync("one");
        await Expect(page.Answers).ToHaveTextAsync("one");

        proxy.Close();
        await held.SendAsync(" two");
        await held.FinishAsync();
        await page.SayAsync("said to nobody");
        await context.Clock.FastForwardAsync(60_000);
        await Expect(page.Tab.GetByTestId("connection")).ToHaveTextAsync("Connection lost. Reconnecting…");
        await Expect(page.Answers).ToHaveTextAsync("one");
        proxy.TurnTo(talk.Server.BaseAddress);
        await UntilAsync(context, async () => await page.Ended("complete").CountAsync() > 0);

        await Expect(page.Answers.First).ToHaveTextAsync("one two");
        await UntilAsync(context, async () =>
        {
            if (await page.Tab.GetByTestId("retry").IsVisibleAsync())
                await page.Tab.GetByTestId("retry").ClickAsync();
            return await page.Ended("complete").CountAsync() == 2;
        });
        await Expect(page.Answers.Last).ToHaveTextAsync("You said: said to nobody");
        await Expect(page.Questions).ToHaveTextAsync(["go", "said to nobody"]);
        page.HasNoComplaints();
    }

    [Fact]
    public async Task AMessageThatWasNotSent_IsThereAfterARefresh_AndIsSentOnce()
    {
        var context = await NewContextAsync();
        var (page, _) = await SignInAsync(context);
        await page.TalkAsync("hello");
        await context.RouteAsync("**/conversations/send", route => route.FulfillAsync(new() { Status = 429, Body = "{}" }));
        await page.SayAsync("one more");
        await Expect(page.Tab.GetByTestId("error")).ToBeVisibleAsync();
        await context.UnrouteAllAsync();

        await page.Tab.ReloadAsync();
        await Expect(page.Questions).ToHaveTextAsync(["hello", "one more"]);
        await page.Tab.GetByTestId("retry").ClickAsync();

        await Expect(page.Answers).ToHaveTextAsync(["You said: hello", "You said: one more"]);
        await page.Tab.ReloadAsync();
        await Expect(page.Questions).ToHaveTextAsync(["hello", "one more"]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_used))
            await one.DisposeAsync();
    }

    /// <summary>Turns the clock on until something is so: whatever waits for its time need not.</summary>
    private static async Task UntilAsync(IBrowserContext context, Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            await context.Clock.FastForwardAsync(5_000);
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<IBrowserContext> NewContextAsync(Uri? address = null)
    {
        var context = await chromium.NewContextAsync(address ?? talk.Server.BaseAddress);
        _used.Add(context);
        return context;
    }

    private async Task<(AppPage Page, string Email)> SignInAsync(IBrowserContext context)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        using var account = await talk.Server.NewUserAsync(email);
        var page = await AppPage.OpenAsync(context);
        await page.EnterAsync(email);
        return (page, email);
    }

    /// <summary>As by the account itself, from another device.</summary>
    private async Task EndSessionsAsync(string email)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = talk.Server.NewClient(browser: true);
        using var entered = await client.PostAsJsonAsync(
            "/api/v1/auth/login?use_cookies=true", new { email, password = "correct horse" }, cancellation);
        entered.EnsureSuccessStatusCode();
        var sessions = await client.GetFromJsonAsync<JsonElement>("/api/v1/auth/sessions", cancellation);
        foreach (var session in sessions.GetProperty("items").EnumerateArray().Where(one => !one.GetProperty("is_current").GetBoolean()))
            (await client.DeleteAsync($"/api/v1/auth/sessions/{session.GetProperty("session_id")}", cancellation)).Dispose();
    }
}
