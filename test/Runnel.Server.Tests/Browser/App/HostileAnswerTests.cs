using Runnel.Server.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Runnel.Server.Tests.Browser.App;

/// <summary>Answers, questions and titles that want to run in the page.</summary>
[Collection(nameof(OneBrowser))]
public class HostileAnswerTests(Chromium chromium)
{
    /// <summary>Each would call <c>hacked()</c> in a page that takes it for what it wants to be.</summary>
    private static readonly string[] Corpus =
    [
        "<script>hacked()</script>", "<img src=x onerror=hacked()>", "<svg onload=hacked()>",
        "<svg><script>hacked()</script></svg>", "<iframe srcdoc='<script>parent.hacked()</script>'></iframe>",
        "<body onload=hacked()>", "<details open ontoggle=hacked()>x</details>",
        "<math><mtext></table></math><img src onerror=hacked()>", "<a href='javascript:hacked()'>press</a>",
        "[press](javascript:hacked())", "[press](JaVaScRiPt:hacked())", "[press](javascript&colon;hacked())",
        "[press](&#x6A;avascript:hacked())", "[press](data:text/html;base64,PHNjcmlwdD5oYWNrZWQoKTwvc2NyaXB0Pg==)",
        "[press](vbscript:hacked())", "![x](javascript:hacked())", "![x](x\"onerror=\"hacked())",
        "![x](https://example.invalid/pixel.png)", "<javascript:hacked()>", "[ref]\n\n[ref]: javascript:hacked()",
        "[press](https://example.org \"onmouseover=hacked()\")", "```html\n<script>hacked()</script>\n```",
        "```js\" onmouseover=\"hacked()\nx\n```", "`<script>hacked()</script>`",
        "| <script>hacked()</script> | b |\n|---|---|\n| <img src=x onerror=hacked()> | d |",
        "$\\href{javascript:hacked()}{x}$", "$$\\includegraphics{javascript:hacked()}$$",
        "$$\\htmlData{onclick=hacked()}{x}$$", "$$\\def\\a{\\a\\a}\\a$$", "$\\rule{100000em}{100000em}$",
        "<style>*{display:none}</style>", "<link rel=stylesheet href=//example.invalid>",
        "<meta http-equiv=refresh content='0;url=javascript:hacked()'>", "<base href=//example.invalid/>",
        "<form action=javascript:hacked()><button>x", "<object data=javascript:hacked()></object>",
        "<embed src=javascript:hacked()>", "<template><script>hacked()</script></template>",
        "]]><script>hacked()</script>", "<!--><script>hacked()</script>-->", "\u202Etxet desrever",
        "</div></div><script>hacked()</script>",
    ];

    private const string Watch = """
        window.ran = []; window.violations = [];
        window.hacked = () => window.ran.push(new Error().stack);
        addEventListener('securitypolicyviolation',
          event => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
        """;

    [Fact]
    public async Task NothingThatAModelOrAPersonWrites_Runs_OrBreaksThePolicyOfThePage()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        await context.AddInitScriptAsync(Watch);
        var outside = new List<string>();
        context.Request += (_, request) =>
        {
            if (new Uri(request.Url).Host is not "127.0.0.1" and not "")
                outside.Add(request.Url);
        };
        var page = await AppPage.BeginAsync(context);
        var all = string.Join("\n\n", Corpus);
        talk.Upstream.Enqueue(Fakes.Answers.Text(all + "\n\nThe end."));

        await page.TalkAsync(all);
        await Expect(page.Answers).ToContainTextAsync("The end.");
        await PressEverythingAsync(page);
        // The title is the first line of the message; after a refresh all comes from the history.
        await page.Tab.ReloadAsync();
        await Expect(page.Answers).ToContainTextAsync("The end.");
        await Expect(page.Titles).ToContainTextAsync("<script>hacked()</script>");

        Assert.Empty(await page.Tab.EvaluateAsync<string[]>("window.ran"));
        Assert.Empty(await page.Tab.EvaluateAsync<string[]>("window.violations"));
        Assert.Empty(outside);
        page.HasNoComplaints();
    }

    /// <summary>An answer comes in pieces, and each piece is drawn: what is harmless as a whole must be so half-written.</summary>
    [Fact]
    public async Task HalfOfIt_RunsNeither()
    {
        await using var talk = await Talk.StartAsync();
        await using var context = await chromium.NewContextAsync(talk.Server.BaseAddress);
        await context.AddInitScriptAsync(Watch);
        var page = await AppPage.BeginAsync(context);
        var held = talk.Upstream.Hold();
        await page.SayAsync("go");
        foreach (var text in Corpus)
        {
            await held.SendAsync(text[..(text.Length / 2)]);
            await held.SendAsync(text[(text.Length / 2)..] + "\n\n");
        }

        await held.SendAsync("The end.");
        await Expect(page.Answers).ToContainTextAsync("The end.");

        Assert.Empty(await page.Tab.EvaluateAsync<string[]>("window.ran"));
        Assert.Empty(await page.Tab.EvaluateAsync<string[]>("window.violations"));
        page.HasNoComplaints();
    }

    /// <summary>Every link of the answer, without leaving the page.</summary>
    private static async Task PressEverythingAsync(AppPage page)
    {
        var addresses = await page.Tab.Locator(".markdown a").EvaluateAllAsync<string[]>("all => all.map(link => link.href)");
        Assert.All(addresses, address => Assert.Matches("^(https?:|mailto:|$)", address));
        await page.Tab.Locator(".markdown").First.EvaluateAsync("""
            answer => answer.querySelectorAll('*').forEach(node => {
              for (const name of ['click', 'mouseover', 'error', 'load', 'toggle', 'focus']) node.dispatchEvent(new Event(name));
            })
            """);
    }
}
