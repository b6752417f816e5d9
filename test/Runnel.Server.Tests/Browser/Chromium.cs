using Microsoft.Playwright;

namespace Runnel.Server.Tests.Browser;

/// <summary>The Chromium of the machine, driven by Playwright, which brings its own driver. Nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Executable))
            Assert.Fail($"The tests of the page need Chromium at {Executable}: apt-get install chromium");
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            ],
        });
    }

    /// <summary>A browser with nothing in it: no cookies, no history.</summary>
    /// <param name="baseAddress">The server.</param>
    /// <param name="withScripts">Whether the test brings scripts of its own, which the page's policy would refuse.</param>
    public Task<IBrowserContext> NewContextAsync(Uri baseAddress, bool withScripts = false) =>
        NewContextAsync(baseAddress, new BrowserNewContextOptions { BypassCSP = withScripts });

    /// <summary>The same with a window, a language or a theme of the test's choice.</summary>
    public async Task<IBrowserContext> NewContextAsync(Uri baseAddress, BrowserNewContextOptions options)
    {
        options.BaseURL = baseAddress.ToString();
        options.Locale ??= "en-GB";
        options.ViewportSize ??= new ViewportSize { Width = 1280, Height = 800 };
        var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout(30_000);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
