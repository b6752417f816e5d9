using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Conversations;

public class ReadEventsTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task Events_AreThoseOfTheStream_PageByPage_OnTheSameCursor()
    {
        var speaker = await talk.NewSpeakerAsync();
        var sent = await speaker.SendAsync("one two three");
        var path = $"{Speaker.Api}/{sent.Text("thread_id")}";
        using var stream = await speaker.OpenAsync($"{path}/stream?accumulated=false", "0");
        var streamed = (await stream.UntilAsync(TurnEvents.Complete))[1..];

        var paged = new List<SseEvent>();
        var query = "";
        for (var isUpToDate = false; !isUpToDate;)
        {
            var page = await speaker.GetAsync($"{path}/events?limit=1{query}");
            Assert.Equal("cursor events up_to_date", page.Members());
            foreach (var next in page.GetProperty("events").EnumerateArray())
                paged.Add(new SseEvent(next.Text("event"), next.GetProperty("data").Clone(), next.Text("id")));
            query = $"&after={page.Text("cursor")}";
            isUpToDate = page.GetProperty("up_to_date").GetBoolean();
        }

        Assert.Equal(streamed.Joined(), paged.Joined());
        Assert.Equal(Others(streamed), Others(paged));
        Assert.DoesNotContain(paged, next => next.Data.TryGetProperty("accumulated_content", out _));
    }

    [Fact]
    public async Task Events_WaitForTheNext_WhenAsked()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();
        var cursor = (await speaker.MessagesAsync(thread)).Text("cursor");

        var waiting = speaker.GetAsync($"{Speaker.Api}/{thread}/events?after={cursor}&wait_seconds=30");
        var sent = await speaker.SendAsync("hello", thread);

        var first = (await waiting).GetProperty("events").EnumerateArray().First();
        Assert.Equal("user_message", first.Text("event"));
        Assert.Equal(sent.Text("turn_id"), first.GetProperty("data").Text("turn_id"));
    }

    [Fact]
    public async Task EventsOfAllConversations_AreThoseOfTheUserStream_OnTheSameCursor()
    {
        var speaker = await talk.NewSpeakerAsync();
        var before = await speaker.GetAsync($"{Speaker.Api}/events");
        Assert.Empty(before.GetProperty("events").EnumerateArray());
        using var stream = await speaker.OpenAsync($"{Speaker.Api}/stream?accumulated=false", before.Text("cursor"));
        await speaker.SendAsync("first");
        var streamed = await stream.UntilAsync(TurnEvents.Complete);
        await speaker.SendAsync("second");
        streamed.AddRange(await stream.UntilAsync(TurnEvents.Complete));

        var page = await speaker.GetAsync($"{Speaker.Api}/events?limit=1000&after={before.Text("cursor")}");

        var paged = page.GetProperty("events").EnumerateArray()
            .Select(next => new SseEvent(next.Text("event"), next.GetProperty("data").Clone(), next.Text("id"))).ToList();
        Assert.Equal(Others(streamed.FindAll(next => next.Event != "connected")), Others(paged));
        Assert.Equal(streamed.Joined(), paged.Joined());
        Assert.Equal(streamed[^1].Id, page.Text("cursor"));
    }

    [Theory]
    [InlineData("limit=0", 400, "invalid_limit")]
    [InlineData("limit=1001", 400, "invalid_limit")]
    [InlineData("limit=x", 400, "invalid_limit")]
    [InlineData("wait_seconds=x", 400, "invalid_wait")]
    [InlineData("wait_seconds=NaN", 400, "invalid_wait")]
    [InlineData("wait_seconds=31", 400, "invalid_wait")]
    [InlineData("wait_seconds=-1", 400, "invalid_wait")]
    [InlineData("after=nonsense", 400, "invalid_cursor")]
    public async Task Events_RefuseWhatTheyCannotUnderstand(string query, int status, string code)
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();

        using var answer = await speaker.Client.GetAsync(
            new Uri($"{Speaker.Api}/{thread}/events?{query}", UriKind.Relative), TestContext.Current.CancellationToken);

        await answer.ProblemAsync(status, code);
    }

    private static List<string> Others(List<SseEvent> events) =>
        events.Where(next => next.Event != TurnEvents.Chunk).Select(next => next.ToString()).ToList();
}
