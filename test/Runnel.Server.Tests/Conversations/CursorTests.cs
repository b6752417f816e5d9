using Runnel.Server.Tests.Fixtures;
using Runnel.Streams.Events;

namespace Runnel.Server.Tests.Conversations;

public class CursorTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task AStream_ResumesAfterAnyEvent_WithEveryLaterOneOnce_ByHeaderOrQuery()
    {
        var speaker = await talk.NewSpeakerAsync();
        var (thread, events) = await TwoRoundsAsync(speaker);

        foreach (var place in events)
        {
            var expected = events.SkipWhile(next => next.Id != place.Id).Skip(1).ToList();
            using var byQuery = await speaker.FollowAsync(thread, place.Id);
            using var byHeader = await speaker.OpenAsync($"{Speaker.Api}/{thread}/stream", place.Id);
            foreach (var stream in new[] { byQuery, byHeader })
            {
                var connected = await stream.NextAsync("connected");
                Assert.Equal(place.Id, connected.Id);
                Assert.Empty(connected.Data.GetProperty("running").EnumerateArray());
                var rest = expected.Count == 0 ? [] : await stream.UntilAsync(next => next.Id == events[^1].Id);
                Assert.Equal(expected.Joined(), rest.Joined());
                Assert.Equal(Others(expected), Others(rest));
            }
        }
    }

    [Fact]
    public async Task LastEventId_WinsOverAfter()
    {
        var speaker = await talk.NewSpeakerAsync();
        var (thread, events) = await TwoRoundsAsync(speaker);

        using var stream = await speaker.OpenAsync($"{Speaker.Api}/{thread}/stream?after={events[0].Id}", events[^2].Id);
        Assert.Equal(events[^2].Id, (await stream.NextAsync("connected")).Id);
        using var all = await speaker.OpenAsync($"{Speaker.Api}/{thread}/stream?after={events[^1].Id}", "0");
        Assert.Equal(0, TurnEvents.Number((await all.NextAsync("connected")).Id));
        // An EventSource that has not got an id yet sends none, some clients an empty one.
        using var empty = await speaker.OpenAsync($"{Speaker.Api}/{thread}/stream?after={events[1].Id}", "");
        Assert.Equal(events[1].Id, (await empty.NextAsync("connected")).Id);
    }

    [Fact]
    public async Task Zero_ReplaysAllThatIsKept_InEitherPlace()
    {
        var speaker = await talk.NewSpeakerAsync();
        var (thread, events) = await TwoRoundsAsync(speaker);

        using var byQuery = await speaker.FollowAsync(thread, "0");
        using var byHeader = await speaker.OpenAsync($"{Speaker.Api}/{thread}/stream", "0");

        foreach (var stream in new[] { byQuery, byHeader })
        {
            await stream.NextAsync("connected");
            var replayed = await stream.UntilAsync(next => next.Id == events[^1].Id);
            Assert.Equal(events.Joined(), replayed.Joined());
            Assert.Equal(Others(events), Others(replayed));
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("00")]
    [InlineData("-1")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("1.1.99999999999999999999")]
    [InlineData("1.1.1 or 1=1")]
    public async Task AMalformedCursor_IsRefused(string cursor)
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();

        foreach (var path in new[] { $"{Speaker.Api}/{thread}/stream", $"{Speaker.Api}/stream" })
        {
            await RefusedAsync(speaker, $"{path}?after={Uri.EscapeDataString(cursor)}");
            await RefusedAsync(speaker, path, cursor);
        }
    }

    [Fact]
    public async Task ACursorOfAnotherStream_IsRefused()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();
        var sent = await speaker.SayAsync("elsewhere");

        await RefusedAsync(speaker, $"{Speaker.Api}/{thread}/stream?after={sent.Text("cursor")}");
        await RefusedAsync(speaker, $"{Speaker.Api}/{thread}/stream?after={sent.Text("user_cursor")}");
        await RefusedAsync(speaker, $"{Speaker.Api}/stream?after={sent.Text("cursor")}");
    }

    [Theory]
    [InlineData("recreated")]
    [InlineData("ahead")]
    public async Task ACursorThatTheLogCannotHonour_OpensWithResync_AndTheStreamGoesOn(string reason)
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("go");
        using var watch = await speaker.FollowAllAsync();
        await held.SendAsync("some");
        await watch.UntilAsync(TurnEvents.Chunk);
        var lost = new[] { sent.Text("cursor"), sent.Text("user_cursor") }.Select(text => Lost(text, reason)).ToList();

        using var ofThread = await speaker.FollowAsync(sent.Text("thread_id"), lost[0]);
        using var ofUser = await speaker.FollowAllAsync(lost[1]);

        foreach (var stream in new[] { ofThread, ofUser })
        {
            var resync = await stream.NextAsync("resync");
            Assert.Equal(reason, resync.Text("reason"));
            Assert.Equal(resync.Id, resync.Text("cursor"));
            var running = Assert.Single(resync.Data.GetProperty("running").EnumerateArray());
            Assert.Equal("some", running.Text("accumulated_content"));
        }

        await held.SendAsync(" more");
        await held.FinishAsync();
        Assert.Equal(" more", (await ofThread.UntilAsync(TurnEvents.Complete)).Joined());
        Assert.Equal(" more", (await ofUser.UntilAsync(TurnEvents.Complete)).Joined());
    }

    private static string Lost(string text, string reason)
    {
        Assert.True(Cursor.TryParse(text, out var cursor));
        return (reason == "ahead"
            ? cursor with { Number = cursor.Number + 1_000_000 }
            : cursor with { Generation = cursor.Generation ^ 1 }).ToString();
    }

    private static async Task<(string Thread, List<SseEvent> Events)> TwoRoundsAsync(Speaker speaker)
    {
        var thread = await speaker.CreateAsync();
        using var stream = await speaker.FollowAsync(thread);
        await stream.NextAsync("connected");
        var events = new List<SseEvent>();
        foreach (var message in new[] { "one two three", "four five six" })
        {
            await speaker.SendAsync(message, thread);
            events.AddRange(await stream.UntilAsync(TurnEvents.Complete));
        }

        return (thread, events);
    }

    private static async Task RefusedAsync(Speaker speaker, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        using var answer = await speaker.Client.SendAsync(request, TestContext.Current.CancellationToken);
        await answer.ProblemAsync(400, "invalid_cursor");
    }

    private static List<string> Others(List<SseEvent> events) =>
        events.Where(next => next.Event != TurnEvents.Chunk).Select(next => next.ToString()).ToList();
}
