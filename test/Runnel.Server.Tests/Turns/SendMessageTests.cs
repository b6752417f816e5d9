using System.Net;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns;

public class SendMessageTests(Talk talk) : IClassFixture<Talk>
{
    [Theory]
    [InlineData("/api/v1/conversations/send")]
    [InlineData("/api/conversations/send")]
    public async Task Send_AnswersWhereTheTurnIs_AndBeginsAConversationWhereNoneIsNamed(string path)
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();

        using var answer = await speaker.PostAsync(new { message = "hello", unknown = 1 }, path);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var body = await answer.JsonAsync();
        Assert.Equal(
            "cursor message_id queue_position status stream_url thread_id turn_id user_cursor user_message_id", body.Members());
        Assert.Equal("running", body.Text("status"));
        Assert.Equal(0, body.GetProperty("queue_position").GetInt32());
        var thread = body.Text("thread_id");
        Assert.Equal($"/api/v1/conversations/{thread}/stream", body.Text("stream_url"));
        Assert.Equal(4, body.Texts("thread_id turn_id user_message_id message_id").Distinct().Count());
        Assert.Equal(thread, Assert.Single((await speaker.GetAsync(Speaker.Api)).Items()).Text("thread_id"));
        Assert.Equal("hello", (await speaker.MessagesAsync(thread)).Items()[0].Text("content"));
        await held.FinishAsync();
    }

    [Fact]
    public async Task Send_IntoAConversation_GoesOnThere()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync("mine");

        var sent = await speaker.SayAsync("hello", thread);

        Assert.Equal(thread, sent.Text("thread_id"));
        Assert.Equal("mine", Assert.Single((await speaker.GetAsync(Speaker.Api)).Items()).Text("title"));
    }

    [Fact]
    public async Task TheMessage_IsInHistory_BeforeTheModelIsCalled()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();

        var sent = await speaker.SendAsync("hello");

        await held.Begun;
        var items = (await speaker.MessagesAsync(sent.Text("thread_id"))).Items();
        Assert.Equal(["complete", "streaming"], items.Select(message => message.Text("status")));
        Assert.Equal(sent.Text("user_message_id"), items[0].Text("message_id"));
        Assert.Equal(sent.Text("message_id"), items[1].Text("message_id"));
        await held.FinishAsync();
    }

    [Fact]
    public async Task ATurn_OutlivesTheClientThatBeganIt()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        string thread;
        using (var stream = await speaker.SendAndFollowAsync(new { message = "hello" }))
        {
            thread = (await stream.NextAsync("connected")).Text("thread_id");
            await held.SendAsync("one");
            await stream.UntilTextAsync("one");
        }

        await held.SendAsync(" two");
        await held.FinishAsync();

        using var later = await speaker.FollowAsync(thread, "0");
        Assert.Equal("one two", (await later.UntilAsync(TurnEvents.Complete))[^1].Text("final_content"));
        Assert.Equal(0, talk.Upstream.ClientAborts);
    }

    [Fact]
    public async Task AnotherModel_AnswersWhenTheMessageNamesIt()
    {
        await using var two = await Talk.StartAsync("Models:Providers:1:Name=demo", "Models:Providers:1:Kind=Scripted");
        var speaker = await two.NewSpeakerAsync();

        using var stream = await speaker.SendAndFollowAsync(new { message = "hello", model = "demo" });

        var events = await stream.UntilAsync("ai_response_start");
        Assert.Equal("scripted", events[^1].Text("model"));
        Assert.Empty(two.Upstream.Requests);
    }

    [Fact]
    public async Task SendAndFollow_IsOneResponse_FromConnectedToTheEndOfTheTurn()
    {
        var speaker = await talk.NewSpeakerAsync();
        string[] shape = ["connected", "user_message", "ai_response_start", TurnEvents.Complete];

        using var first = await speaker.SendAndFollowAsync(new { message = "one two" });
        var events = await first.ToEndAsync();
        Assert.Equal(shape, events.Names().Where(name => name != TurnEvents.Chunk));
        Assert.Equal("You said: one two", events.Joined());
        var thread = events[0].Text("thread_id");
        Assert.Equal(JsonValueKind.Array, events[0].Data.GetProperty("running").ValueKind);

        using var second = await speaker.SendAndFollowAsync(new { message = "three" }, thread);
        events = await second.ToEndAsync();
        Assert.Equal(shape, events.Names().Where(name => name != TurnEvents.Chunk));
        Assert.Equal("You said: three", events[^1].Text("final_content"));
        Assert.Equal(thread, events[^1].Text("thread_id"));
    }

    [Fact]
    public async Task SendAndFollow_TakesNoMessage_WhenItsCursorIsRefused()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Speaker.Api}/{thread}/stream");
        request.Content = new StringContent("""{"message":"hello"}""", null, "application/json");
        request.Headers.Add("Last-Event-ID", "nonsense");

        using var answer = await speaker.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await answer.ProblemAsync(400, "invalid_cursor");
        Assert.Empty((await speaker.MessagesAsync(thread)).Items());
    }
}
