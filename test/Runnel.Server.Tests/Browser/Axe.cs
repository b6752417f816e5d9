using System.Text.Json;
using Microsoft.Playwright;

namespace Runnel.Server.Tests.Browser;

/// <summary>The rules of WCAG 2.2 AA, as far as axe-core can tell.</summary>
public static class Axe
{
    private static readonly string Script =
        File.ReadAllText(Path.Combine(Pictures.RepositoryRoot(), "clients", "node_modules", "axe-core", "axe.min.js"));

    /// <param name="page">What is looked at, as it is now.</param>
    /// <param name="place">Its name, for the reader of a failure.</param>
    public static async Task CheckAsync(IPage page, string place)
    {
        await page.EvaluateAsync(Script);
        var found = await page.EvaluateAsync<JsonElement>("""
            async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations
              .map(rule => `${rule.id}: ${rule.nodes.map(node => node.html.slice(0, 160) + ' ' + node.failureSummary).join(' | ')}`)
            """);
        Assert.True(found.GetArrayLength() == 0, $"{place}: {found}");
    }
}
