using Runnel.Server.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Runnel.Server.Tests.Browser.App;

/// <summary>What one can do with answers.</summary>
[Collection(nameof(OneBrowser))]
public class AnswerActionTests(Chromium chromium)
{
    [Fact]
    public async Task Stop_EndsTheAnswer_AndWhatWasQueuedGoesOn()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        var held = talk.Upstream.Hold();
        await page.SayAsync("How do tides work?");
        await held.SendAsync("The moon pulls at the sea, and");
        await Expect(page.Answers).ToHaveTextAsync("The moon pulls at the sea, and");

        await page.Composer.FillAsync("In one sentence, please.");
        await Expect(page.Tab.GetByTestId("send")).ToHaveAttributeAsync("aria-label", "Queue");
        await page.Composer.PressAsync("Enter");
        await Expect(page.Tab.GetByTestId("queued")).ToHaveTextAsync("Waits, place 1");
        await page.Tab.GetByTestId("stop").ClickAsync();

        await Expect(page.Ended("stopped")).ToHaveCountAsync(1);
        await Expect(page.Answers.Last).ToHaveTextAsync("You said: In one sentence, please.");
        await Expect(page.Tab.GetByTestId("stop")).ToHaveCountAsync(0);
        await Expect(page.Composer).ToBeFocusedAsync();
        await Pictures.TakeAsync(page.Tab, "stopped");
        page.HasNoComplaints();
    }

    [Fact]
    public async Task AMessageThatWaits_IsTakenOutOfTheQueue()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        var held = talk.Upstream.Hold();
        await page.SayAsync("go");
        await held.SendAsync("one");
        await page.SayAsync("never mind");
        // A page that is left at once may take its request with it.
        await Expect(page.Tab.GetByTestId("queued")).ToHaveTextAsync("Waits, place 1");
        // The place is known to who comes later too.
        await page.Tab.ReloadAsync();
        await Expect(page.Tab.GetByTestId("queued")).ToHaveTextAsync("Waits, place 1");

        await page.Tab.GetByTestId("dequeue").ClickAsync();

        await Expect(page.Tab.GetByTestId("queued")).ToHaveCountAsync(0);
        await held.FinishAsync();
        await Expect(page.Ended("complete")).ToHaveCountAsync(1);
        await Expect(page.Ended("stopped")).ToContainTextAsync("Stopped before it began.");
    }

    [Fact]
    public async Task Interrupt_KeepsThePart_AndAnswersTheNewMessage()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        var held = talk.Upstream.Hold();
        await page.SayAsync("go");
        await held.SendAsync("one");
        await Expect(page.Answers).ToHaveTextAsync("one");

        await page.Composer.FillAsync("rather this");
        await page.Composer.PressAsync("Control+Enter");

        await Expect(page.Answers.Last).ToHaveTextAsync("You said: rather this");
        await Expect(page.Answers.First).ToHaveTextAsync("one");
        await Expect(page.Ended("stopped")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Edit_MakesABranch_AndBothVersionsCanBeReached()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        await page.TalkAsync("first thought");

        await page.PressAsync(page.Messages("user"), "edit");
        await page.Tab.GetByTestId("edit-box").FillAsync("second thought");
        await page.Tab.GetByTestId("save-edit").ClickAsync();

        await Expect(page.Tab.GetByTestId("version")).ToHaveTextAsync("2 / 2");
        await Expect(page.Answers).ToHaveTextAsync(["You said: second thought"]);
        await Pictures.TakeAsync(page.Tab, "branches");
        await page.PressAsync(page.Messages("user"), "previous");
        await Expect(page.Answers).ToHaveTextAsync("You said: first thought");
        await Expect(page.Questions).ToHaveTextAsync("first thought");
        page.HasNoComplaints();
    }

    [Fact]
    public async Task Regenerate_ShowsTheNewAnswer_AndBothVersionsCanBeReached()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        await page.TalkAsync("hello");
        talk.Upstream.Enqueue(Fakes.Answers.Text("another"));

        await page.PressAsync(page.Messages("assistant"), "regenerate");

        await Expect(page.Answers.Last).ToHaveTextAsync("another");
        await Expect(page.Tab.GetByTestId("version")).ToHaveTextAsync("2 / 2");
        await page.PressAsync(page.Messages("assistant"), "previous");
        await Expect(page.Answers).ToHaveTextAsync("You said: hello");
        await Expect(page.Tab.GetByTestId("version")).ToHaveTextAsync("1 / 2");
    }

    [Fact]
    public async Task AFailedAnswer_IsTriedAgain_InItsPlace()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        talk.Upstream.Enqueue(Fakes.Answers.Status(401));
        await page.SayAsync("hello");
        await Expect(page.Tab.GetByTestId("error")).ToHaveTextAsync("The model rejected the request.Try again");

        await page.Tab.GetByTestId("retry").ClickAsync();

        await Expect(page.Answers).ToHaveTextAsync("You said: hello");
        await Expect(page.Tab.GetByTestId("error")).ToHaveCountAsync(0);
        await Expect(page.Messages("user")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Feedback_IsThereAfterARefresh_AndSaysMoreOnDemand()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        await page.TalkAsync("hello");

        await page.PressAsync(page.Messages("assistant"), "bad");
        await page.Tab.GetByTestId("comment").FillAsync("too short");
        await page.Tab.GetByTestId("comment").PressAsync("Enter");
        await Expect(page.Tab.GetByTestId("toast")).ToContainTextAsync("Thank you.");
        await page.Tab.ReloadAsync();

        await Expect(page.Tab.GetByTestId("bad")).ToHaveAttributeAsync("aria-pressed", "true");
        await page.PressAsync(page.Messages("assistant"), "details");
        await Expect(page.Tab.GetByTestId("details-list")).ToContainTextAsync("tokens");
    }

    [Fact]
    public async Task Reasoning_IsFolded_AndTheAnswerIsReadOutOnceItIsWhole()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        var held = talk.Upstream.Hold();
        await page.SayAsync("hello");
        await held.SendReasoningAsync("a river is water");
        await Expect(page.Tab.GetByTestId("reasoning").Locator("summary")).ToHaveTextAsync("Thinking…");
        await held.SendAsync("Water that **flows**.");
        await Expect(page.Answers).ToHaveTextAsync("Water that flows.");
        await Expect(page.Tab.GetByTestId("announcer")).ToHaveTextAsync("");

        await held.FinishAsync();

        await Expect(page.Tab.GetByTestId("announcer")).ToHaveTextAsync("The answer is complete. Water that flows .");
        await Expect(page.Tab.GetByText("a river is water")).ToBeHiddenAsync();
        await page.TalkAsync("at once", answers: 2);
        await Expect(page.Tab.GetByTestId("announcer")).ToHaveTextAsync("The answer is complete. You said: at once");
        await page.Tab.GetByText("Thought", new() { Exact = true }).First.ClickAsync();
        await Expect(page.Tab.GetByText("a river is water")).ToBeVisibleAsync();
    }
}
