using Runnel.Server.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Runnel.Server.Tests.Browser.App;

/// <summary>The view for who debugs streams.</summary>
[Collection(nameof(OneBrowser))]
public class StreamsPageTests(Chromium chromium)
{
    [Fact]
    public async Task TheEventsOfThePage_AreShownAsTheyCame_AndTheStreamComesBackWhenItIsCut()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        await page.TalkAsync("watched");
        await page.Tab.GetByTestId("streams").ClickAsync();

        var events = page.Tab.GetByTestId("events");
        await Expect(events).ToContainTextAsync("user_message");
        await Expect(events).ToContainTextAsync("ai_response_complete");
        await Pictures.TakeAsync(page.Tab, "streams");
        var connections = page.Tab.GetByTestId("figures").Locator("div").Filter(new() { HasText = "Connections" }).Locator("dd");
        await Expect(connections).ToHaveTextAsync("1");
        await page.Tab.GetByTestId("cut").ClickAsync();

        await Expect(connections).ToHaveTextAsync("2");
        await page.Tab.GetByTestId("new").ClickAsync();
        await page.TalkAsync("after the cut");
        page.HasNoComplaints();
    }
}
