using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Fakes;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Runnel.Server.Tests.Browser.App;

/// <summary>Much of everything.</summary>
[Collection(nameof(OneBrowser))]
public class LongAnswerTests(Chromium chromium, ITestOutputHelper output)
{
    private const string Paragraph =
        "Water that **flows** does not `rot`; see [the source](https://example.org). It carries what falls into it, "
        + "and is never twice the same.\n\n";

    /// <summary>Writes down how long frames take meanwhile; how fast a machine is, is no matter of a test.</summary>
    [Fact]
    public async Task WhileALongAnswerComes_OneCanType_AndReadElsewhere()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        var held = talk.Upstream.Hold();
        await page.SayAsync("go");
        await held.SendAsync("The beginning.\n\n");
        await Expect(page.Answers).ToHaveTextAsync("The beginning.");
        await page.Tab.EvaluateAsync("""
            () => {
              window.frames_ = []; let last = performance.now();
              const next = now => { window.frames_.push(now - last); last = now; requestAnimationFrame(next); };
              requestAnimationFrame(next);
            }
            """);

        var writing = WriteAsync(held);
        await page.Composer.PressSequentiallyAsync("typed while it came");
        await writing;
        await Expect(page.Ended("complete")).ToHaveCountAsync(1);
        await Expect(page.Answers).ToContainTextAsync("The end.");

        await Expect(page.Composer).ToHaveValueAsync("typed while it came");
        var view = page.Tab.GetByTestId("scroller");
        Assert.True(await view.EvaluateAsync<bool>("view => view.scrollHeight - view.scrollTop - view.clientHeight < 60"));
        var frames = await page.Tab.EvaluateAsync<double[]>("window.frames_.sort((a, b) => a - b)");
        output.WriteLine($"{frames.Length} frames; median {frames[frames.Length / 2]:0} ms, "
            + $"95 % below {frames[frames.Length * 95 / 100]:0} ms, longest {frames[^1]:0} ms");
        page.HasNoComplaints();
    }

    [Fact]
    public async Task WhoScrolledUp_IsLeftWhereTheyRead_UntilTheyAskForTheEnd()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        var held = talk.Upstream.Hold();
        await page.SayAsync("go");
        await held.SendAsync(string.Concat(Enumerable.Repeat(Paragraph, 30)));
        await Expect(page.Answers).ToContainTextAsync("never twice the same");
        var view = page.Tab.GetByTestId("scroller");
        await view.HoverAsync();
        await page.Tab.Mouse.WheelAsync(0, -2000);
        await Expect(page.Tab.GetByTestId("latest")).ToBeVisibleAsync();
        var place = await view.EvaluateAsync<double>("view => view.scrollTop");

        await held.SendAsync(string.Concat(Enumerable.Repeat(Paragraph, 30)) + "The end.");
        await Expect(page.Answers).ToContainTextAsync("The end.");

        Assert.Equal(place, await view.EvaluateAsync<double>("view => view.scrollTop"), 2.0);
        await page.Tab.GetByTestId("latest").ClickAsync();
        await Expect(page.Tab.GetByTestId("latest")).ToHaveCountAsync(0);
        await Expect(page.Tab.GetByText("The end.")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task AConversationOfTwoThousandMessages_AmongFiveThousand_OpensAtItsEnd_AndLeadsBackToItsBeginning()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        var page = await AppPage.BeginAsync(context);
        await page.TalkAsync("the last question");
        var thread = new Uri(page.Tab.Url).AbsolutePath["/c/".Length..];
        await FillAsync(talk.Server, thread);

        await page.Tab.ReloadAsync();
        await Expect(page.Tab.GetByText("message 2000", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(page.Titles.First).ToBeVisibleAsync();
        Assert.InRange(await page.Titles.CountAsync(), 1, 200);

        for (var pages = 2; pages <= 4; pages++)
        {
            await page.Tab.GetByTestId("scroller").EvaluateAsync("view => view.scrollTop = 0");
            await Expect(page.Tab.GetByText($"message {2000 - (pages * 50) + 1}", new() { Exact = true })).ToHaveCountAsync(1);
        }

        await page.Tab.GetByTestId("conversations").HoverAsync();
        for (var i = 0; i < 3; i++)
        {
            var before = await HeightAsync(page);
            await page.Tab.GetByTestId("conversations").EvaluateAsync("list => list.scrollTop = list.scrollHeight");
            await page.Tab.WaitForFunctionAsync(
                "before => document.querySelector('[data-testid=conversations]').scrollHeight > before", before);
        }

        page.HasNoComplaints();
    }

    private static Task<double> HeightAsync(AppPage page) =>
        page.Tab.GetByTestId("conversations").EvaluateAsync<double>("list => list.scrollHeight");

    private static async Task WriteAsync(HeldAnswer held)
    {
        var sent = 0;
        while (sent < 200_000)
        {
            await held.SendAsync(Paragraph);
            sent += Paragraph.Length;
        }

        await held.SendAsync("The end.");
        await held.FinishAsync();
    }

    /// <summary>Puts rows where talking would take an hour.</summary>
    private static async Task FillAsync(RunnelServer server, string thread)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        await database.Database.ExecuteSqlAsync($"""
            with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000)
            insert into conversations (thread_id, owner_id, title, created_at, updated_at)
            select 'filled-' || i, (select owner_id from conversations where thread_id = {thread}), 'conversation ' || i,
              '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z' from n
            """, TestContext.Current.CancellationToken);
        await database.Database.ExecuteSqlAsync($"""
            with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
            insert into messages (message_id, thread_id, parent_id, turn_id, role, status, content, created_at)
            select 'filled-' || i, {thread}, case i when 1 then null else 'filled-' || (i - 1) end, 'filled-' || i,
              case i % 2 when 1 then 'user' else 'assistant' end, 'complete', 'message ' || i, '2026-01-01T00:00:00.000Z' from n
            """, TestContext.Current.CancellationToken);
        await database.Database.ExecuteSqlAsync(
            $"update conversations set active_message_id = 'filled-2000' where thread_id = {thread}",
            TestContext.Current.CancellationToken);
    }
}
