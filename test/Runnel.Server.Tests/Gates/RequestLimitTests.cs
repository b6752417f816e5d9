using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Gates;

public class RequestLimitTests
{
    private const string Models = "/api/v1/models";
    private const string Setup = "/api/v1/setup";

    private readonly FakeTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Account_IsToldToWait_WhileOthersGoOn()
    {
        await using var server = await StartAsync(3);
        using var greedy = await server.NewUserAsync();
        using var other = await server.NewUserAsync();
        Assert.Equal([200, 200, 200, 429], await StatusesAsync(greedy, Models, 4));

        using var refused = await greedy.GetAsync(Models, Token);

        await refused.ProblemAsync(429, "too_many_requests");
        Assert.Equal(TimeSpan.FromSeconds(20), refused.Headers.RetryAfter?.Delta);
        Assert.Equal([200, 200, 200], await StatusesAsync(other, Models, 3));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal([200, 429], await StatusesAsync(greedy, Models, 2));
    }

    [Fact]
    public async Task Address_IsToldToWait_AndTakesNothingFromWhoIsSignedIn()
    {
        await using var server = await StartAsync(3);
        using var user = await server.NewUserAsync();
        using var forger = server.NewClient();
        forger.DefaultRequestHeaders.Add("Authorization", "Bearer forged");

        Assert.Equal([200, 200, 429], await StatusesAsync(server.Client, Setup, 3));
        Assert.Equal([429], await StatusesAsync(forger, Models, 1));
        Assert.Equal([200], await StatusesAsync(user, Models, 1));
    }

    [Fact]
    public async Task Watchers_AreNotCounted()
    {
        await using var server = await StartAsync(1);

        Assert.All(await StatusesAsync(server.Client, "/health/live", 5), status => Assert.Equal(200, status));
        Assert.All(await StatusesAsync(server.Client, "/metrics", 5), status => Assert.Equal(200, status));
        Assert.All(await StatusesAsync(server.Client, "/index.html", 5), status => Assert.Equal(200, status));
    }

    [Fact]
    public async Task EventSource_IsAskedToComeBack_SinceItCannotReadAStatus()
    {
        await using var server = await StartAsync(2);
        using var browser = server.NewClient(browser: true);
        using var registered = await browser.PostAsJsonAsync(
            "/api/v1/auth/register?use_cookies=true", new { email = "a@example.org", password = "12345678" }, Token);
        Assert.Equal([200, 200, 429], await StatusesAsync(browser, Models, 3));

        using var stream = await browser.GetAsync("/api/v1/conversations/stream", Token);

        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        Assert.Contains("event: server_busy", await stream.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversations_AreLimited_HoweverTheyBegin()
    {
        await using var server = await RunnelServer.StartAsync("Limits:Conversations=1");
        var speaker = new Speaker(await server.NewUserAsync());
        var thread = await speaker.CreateAsync();

        using var created = await speaker.PostAsync(new { }, Speaker.Api);
        using var sent = await speaker.PostAsync(new { message = "hello" });

        await created.ProblemAsync(429, "too_many_conversations");
        await sent.ProblemAsync(429, "too_many_conversations");
        await speaker.SayAsync("hello", thread);
    }

    private static async Task<List<int>> StatusesAsync(HttpClient client, string path, int times)
    {
        List<int> statuses = [];
        for (var request = 0; request < times; request++)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
            statuses.Add((int)answer.StatusCode);
        }

        return statuses;
    }

    private Task<RunnelServer> StartAsync(int perMinute) => RunnelServer.StartAsync(
        builder => builder.Services.AddSingleton<TimeProvider>(_time), $"Limits:RequestsPerMinute={perMinute}");
}
