using System.Text.Json;
using Microsoft.Playwright;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Browser;

/// <summary>A page of the server's origin, signed in by cookie, with a native <c>EventSource</c> that notes what it gets.</summary>
public sealed class EventSourcePage(IPage page)
{
    private const string SignIn = """
        async email => (await fetch('/api/v1/auth/register?use_cookies=true', {
          method: 'POST', headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email, password: 'correct horse' }) })).status
        """;

    private const string Post = """
        async ([path, body]) => (await fetch(path, {
          method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json()
        """;

    private const string Listen = """
        path => {
          window.seen = [];
          window.opened = 0;
          window.source = new EventSource(path);
          window.source.onopen = () => window.opened++;
          for (const name of ['connected', 'resync', 'user_message', 'ai_response_start', 'ai_response_chunk',
            'ai_response_complete', 'conversation_error', 'server_draining'])
            window.source.addEventListener(name, event => window.seen.push(
              { event: event.type, data: JSON.parse(event.data), id: event.lastEventId }));
        }
        """;

    public static async Task<EventSourcePage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/health/live");
        Assert.Equal(200, await page.EvaluateAsync<int>(SignIn, $"{Guid.NewGuid():N}@example.org"));
        return new EventSourcePage(page);
    }

    public Task ListenAsync(string path) => page.EvaluateAsync(Listen, path);

    public async Task<string> CreateAsync() =>
        (await page.EvaluateAsync<JsonElement>(Post, new object[] { Speaker.Api, new { } })).Text("thread_id");

    public async Task SendAsync(string message, string threadId) => Assert.Equal("running", (await page.EvaluateAsync<JsonElement>(
        Post, new object[] { Speaker.Api + "/send", new { message, thread_id = threadId } })).Text("status"));

    /// <summary>How often the connection was opened.</summary>
    public Task<int> OpenedAsync() => page.EvaluateAsync<int>("window.opened");

    /// <summary>Waits until so many events of a name have come.</summary>
    public Task UntilAsync(string name, int count) => page.WaitForFunctionAsync(
        "([name, count]) => window.seen.filter(next => next.event === name).length >= count", new object[] { name, count });

    /// <summary>Waits until the browser has noticed that its connection is gone.</summary>
    public Task UntilLostAsync() => page.WaitForFunctionAsync("window.source.readyState === EventSource.CONNECTING");

    /// <summary>What has come so far.</summary>
    public async Task<List<SseEvent>> SeenAsync()
    {
        var seen = await page.EvaluateAsync<JsonElement>("window.seen");
        return [.. seen.EnumerateArray().Select(next => new SseEvent(next.Text("event"), next.GetProperty("data"), next.Text("id")))];
    }
}
