using Microsoft.Playwright;
using Runnel.Server.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Runnel.Server.Tests.Browser.App;

/// <summary>What people do with the app, from end to end.</summary>
[Collection(nameof(OneBrowser))]
public class JourneyTests(Chromium chromium)
{
    private const string Question = "How do tides work?";
    private const string Moon = "The moon pulls at the sea, most of all at the side that is nearest.";
    private const string Tides = " The water rises there, and falls where it was taken from.";

    private const string Recipe = """
        **Bread** needs four things and patience.

        | what | how much |
        |---|---|
        | Flour | 500 g |
        | Water | 350 g |
        | Salt | 10 g |
        | Yeast | 3 g |

        1. Knead for ten minutes.
        2. Let it rise overnight, cold.
        3. Bake at 240 °C for 35 minutes.
        """;

    [Fact]
    public async Task AFirstRun_LeadsToTheFirstAnswer_WithinTwoClicks()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.OpenAsync(context);
        await Expect(page.Tab.GetByTestId("begin")).ToBeFocusedAsync();
        await Pictures.TakeAsync(page.Tab, "first-run");

        await page.Tab.GetByTestId("begin").ClickAsync();
        await page.Composer.FillAsync("hello");
        await page.Tab.GetByTestId("send").ClickAsync();

        await Expect(page.Answers).ToHaveTextAsync("You said: hello");
        await Expect(page.Questions).ToHaveTextAsync("hello");
        await Expect(page.Ended("complete")).ToHaveCountAsync(1);
        await Expect(page.Titles).ToHaveTextAsync("hello");
        await Expect(page.Tab).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/c/"));
        page.HasNoComplaints();
    }

    [Fact]
    public async Task ARefreshInMidAnswer_AndASecondTab_ShowTheSameText_AndTheRestOnce()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        var held = talk.Upstream.Hold();
        await page.SayAsync(Question);
        await held.SendAsync(Moon);
        await Expect(page.Answers).ToHaveTextAsync(Moon);

        await page.Tab.ReloadAsync();
        await Expect(page.Answers).ToHaveTextAsync(Moon);
        await Pictures.TakeAsync(page.Tab, "refreshed");
        var second = await AppPage.OpenAsync(context, new Uri(page.Tab.Url).AbsolutePath);
        await Expect(second.Answers).ToHaveTextAsync(Moon);
        await held.SendAsync(Tides);
        await Expect(page.Answers).ToHaveTextAsync(Moon + Tides);
        await Expect(second.Answers).ToHaveTextAsync(Moon + Tides);
        await Pictures.TakeAsync(second.Tab, "second-tab");
        await held.FinishAsync();

        foreach (var tab in new[] { page, second })
        {
            await Expect(tab.Ended("complete")).ToHaveCountAsync(1);
            await Expect(tab.Answers).ToHaveTextAsync(Moon + Tides);
            await Expect(tab.Questions).ToHaveTextAsync(Question);
        }

        await second.SayAsync("again");
        await Expect(page.Answers.Last).ToHaveTextAsync("You said: again");
        page.HasNoComplaints();
        second.HasNoComplaints();
    }

    [Fact]
    public async Task AServerThatIsKilledInMidAnswer_AndComesBack_HasLostNothingThatWasShown()
    {
        await using var server = await LivingServer.StartAsync();
        await using var proxy = CuttableProxy.To(await server.Process.ListeningAsync());
        await using var context = await chromium.NewContextAsync(proxy.Address);
        var page = await AppPage.OpenAsync(context);
        await page.Tab.Locator("#email").FillAsync("somebody@example.org");
        await page.Tab.Locator("#password").FillAsync("correct horse");
        await page.Tab.GetByTestId("sign-in").ClickAsync();
        var held = server.Upstream.Hold();
        await page.SayAsync(Question);
        await held.SendAsync(Moon);
        await Expect(page.Answers).ToHaveTextAsync(Moon);

        await server.Process.SignalAsync("KILL");
        await server.Process.ExitAsync();
        await Expect(page.Tab.GetByTestId("connection")).ToHaveTextAsync("Connection lost. Reconnecting…");
        await Pictures.TakeAsync(page.Tab, "server-away");
        await server.StartAgainAsync();
        proxy.TurnTo(await server.Process.ListeningAsync());

        await Expect(page.Ended("interrupted")).ToHaveCountAsync(1);
        await Expect(page.Answers).ToHaveTextAsync(Moon);
        await Expect(page.Tab.GetByTestId("connection")).ToHaveTextAsync("");
        await Pictures.TakeAsync(page.Tab, "server-back");
        await page.Tab.GetByTestId("retry").ClickAsync();
        await Expect(page.Answers).ToHaveTextAsync("You said: " + Question);
        page.HasNoComplaints();
    }

    [Fact]
    public async Task InChinese_EverythingSpeaksChinese()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(
            talk.Server.BaseAddress, new BrowserNewContextOptions { Locale = "zh-CN" });
        var page = await AppPage.OpenAsync(context);
        await Expect(page.Tab.GetByTestId("begin")).ToHaveTextAsync("开始");
        await page.Tab.GetByTestId("begin").ClickAsync();
        talk.Upstream.Enqueue(Fakes.Answers.Text("流水不腐，户枢不蠹。出自《吕氏春秋》，意思是 **流动的水不会发臭**，经常转动的门轴不会被虫蛀。"));

        await page.TalkAsync("流水不腐是什么意思？");

        await Expect(page.Answers).ToContainTextAsync("流动的水不会发臭");
        await Expect(page.Composer).ToHaveAttributeAsync("placeholder", "输入消息…");
        await Expect(page.Tab.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await Expect(page.Titles).ToHaveTextAsync("流水不腐是什么意思？");
        await Pictures.TakeAsync(page.Tab, "chinese");
        page.HasNoComplaints();
    }

    [Fact]
    public async Task OnAPhone_TheConversationFillsTheScreen_AndTheListComesWhenAskedFor()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            HasTouch = true,
            IsMobile = true,
        });
        var page = await AppPage.BeginAsync(context);
        talk.Upstream.Enqueue(Fakes.Answers.Text(Recipe));
        await page.TalkAsync("Does it fit? A recipe for bread, please.");
        await Expect(page.Answers).ToContainTextAsync("Knead");
        await Pictures.TakeAsync(page.Tab, "phone");
        await Expect(page.Titles).ToHaveCountAsync(0);

        await page.Tab.GetByTestId("menu").TapAsync();
        await Expect(page.Titles).ToHaveTextAsync("Does it fit? A recipe for bread, please.");
        await page.Tab.GetByTestId("new").TapAsync();
        await Expect(page.Titles).ToHaveCountAsync(0);

        Assert.True(await page.Tab.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        page.HasNoComplaints();
    }
}
