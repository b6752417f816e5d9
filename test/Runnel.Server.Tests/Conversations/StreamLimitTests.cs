using System.Net;
using System.Net.Http.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Conversations;

/// <summary>One user, or all together, want more open streams than there are places.</summary>
public sealed class StreamLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ClientThatReadsStatuses_Gets429_AndThePlaceIsFreeOnceAStreamCloses()
    {
        await using var talk = await Talk.StartAsync("Limits:StreamsPerUser=2");
        var (speaker, other) = (await talk.NewSpeakerAsync(), await talk.NewSpeakerAsync());
        var thread = await speaker.CreateAsync();
        using var first = await speaker.FollowAllAsync();
        await first.NextAsync("connected");
        using (var second = await speaker.FollowAsync(thread))
        {
            await second.NextAsync("connected");
            using var refused = await speaker.Client.GetAsync(new Uri($"{Speaker.Api}/{thread}/stream", UriKind.Relative), Token);
            await refused.ProblemAsync(429, "too_many_streams");
            Assert.NotNull(refused.Headers.RetryAfter);
            using var ofOther = await other.FollowAllAsync();
            await ofOther.NextAsync("connected");
        }

        using var again = await UntilThereIsRoomAsync(speaker, $"{Speaker.Api}/{thread}/stream");
        Assert.Equal("text/event-stream", again.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task SendAndFollow_ThatFindsNoPlace_BeginsNothing()
    {
        await using var talk = await Talk.StartAsync("Limits:StreamsPerUser=1");
        var speaker = await talk.NewSpeakerAsync();
        using var open = await speaker.FollowAllAsync();
        await open.NextAsync("connected");
        using var refused = await speaker.PostAsync(new { message = "hello" }, Speaker.Api + "/new/stream");

        await refused.ProblemAsync(429, "too_many_streams");
        Assert.Empty((await speaker.GetAsync(Speaker.Api)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task EventSource_GetsAnEvent_WithoutIdAndWithARetry()
    {
        await using var talk = await Talk.StartAsync("Limits:Streams=1");
        var speaker = await talk.NewSpeakerAsync();
        using var browser = talk.Server.NewClient(browser: true);
        using var registered = await browser.PostAsJsonAsync(
            "/api/v1/auth/register?use_cookies=true", new { email = "b@example.org", password = "correct horse" }, Token);
        Assert.Equal(HttpStatusCode.OK, registered.StatusCode);
        using (var open = await speaker.FollowAllAsync())
        {
            await open.NextAsync("connected");
            using var refused = await new Speaker(browser).FollowAllAsync();
            var busy = await refused.NextAsync("server_busy");
            Assert.Equal(("", "server_busy"), (busy.Id, busy.Text("code")));
            Assert.InRange(busy.Data.GetProperty("retry_ms").GetInt32(), 1, 10_000);
            Assert.Null(await refused.TryNextAsync());
        }

        while (true)
        {
            using var again = await new Speaker(browser).FollowAllAsync();
            if ((await again.NextAsync()).Event == "connected")
                break;
        }
    }

    /// <summary>The server notices a moment later that a client has left.</summary>
    private static async Task<HttpResponseMessage> UntilThereIsRoomAsync(Speaker speaker, string path)
    {
        while (true)
        {
            var answer = await speaker.Client.GetAsync(
                new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token);
            if (answer.StatusCode == HttpStatusCode.OK)
                return answer;
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            answer.Dispose();
        }
    }
}
