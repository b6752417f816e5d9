using Microsoft.Playwright;

namespace Runnel.Server.Tests.Browser;

/// <summary>Pictures of the app for its documents, taken only when somebody asks for new ones: RUNNEL_SCREENSHOTS=1.</summary>
public static class Pictures
{
    public static bool AreWanted => Environment.GetEnvironmentVariable("RUNNEL_SCREENSHOTS") == "1";

    public static async Task TakeAsync(IPage page, string name)
    {
        if (!AreWanted)
            return;
        // A cursor that blinks, or a picture that fades in, would make each picture another one.
        await page.ScreenshotAsync(new()
        {
            Path = Path.Combine(RepositoryRoot(), "docs", "images", name + ".png"),
            Animations = ScreenshotAnimations.Disabled,
            Caret = ScreenshotCaret.Hide,
        });
    }

    /// <summary>Waits until a drawing that moves has stood still for some frames.</summary>
    public static Task SettleAsync(IPage page) => page.EvaluateAsync("() => new Promise(done => setTimeout(done, 2500))");

    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Runnel.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of their repository.");
        return folder.FullName;
    }
}
