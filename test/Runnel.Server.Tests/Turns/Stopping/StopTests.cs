using System.Net;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Turns.Stopping;

public class StopTests(Talk talk) : IClassFixture<Talk>
{
    [Fact]
    public async Task Stop_ClosesTheModelsConnection_KeepsWhatWasShown_AndNamesTheTerminalEvent()
    {
        await using var own = await Talk.StartAsync();
        var speaker = await own.NewSpeakerAsync();
        var held = own.Upstream.Hold();
        var sent = await speaker.SendAsync("go");
        var thread = sent.Text("thread_id");
        using var stream = await speaker.FollowAsync(thread, sent.Text("cursor"));
        await held.SendAsync("some");
        await stream.UntilTextAsync("some");

        var stopped = await speaker.StopAsync(thread);

        await own.Upstream.WaitForAbortAsync(cancellationToken: TestContext.Current.CancellationToken);
        var end = (await stream.UntilAsync(next => next.IsEnd()))[^1];
        Assert.Equal("last_event_id status stopped turn_id", stopped.Members());
        Assert.True(stopped.GetProperty("stopped").GetBoolean());
        Assert.Equal([sent.Text("turn_id"), "stopped", end.Id], stopped.Texts("turn_id status last_event_id"));
        Assert.Equal((TurnEvents.Complete, "some", "stopped"), (end.Event, end.Text("final_content"), end.Text("finish_reason")));
        Assert.True(end.Data.GetProperty("usage").GetProperty("estimated").GetBoolean());
        Assert.True(end.Data.GetProperty("usage").GetProperty("output_tokens").GetInt32() > 0);
        var answer = (await speaker.MessagesAsync(thread)).Items()[1];
        Assert.Equal(["some", "stopped", "stopped"], answer.Texts("content status finish_reason"));
        Assert.True(answer.GetProperty("usage").GetProperty("estimated").GetBoolean());
    }

    [Fact]
    public async Task AStoppedAnswer_IsGoneOnFrom_AndTheModelIsGivenWhatWasShown()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var thread = (await speaker.SendAsync("go")).Text("thread_id");
        using var stream = await speaker.FollowAsync(thread);
        await held.SendAsync("some");
        await stream.UntilTextAsync("some");
        await speaker.StopAsync(thread);

        await speaker.SayAsync("again", thread);

        Assert.Equal(["user", "assistant", "user"], talk.Upstream.Requests[^1].Messages.Select(message => message.Role));
        Assert.Equal("You said: again", (await speaker.MessagesAsync(thread)).Items()[3].Text("content"));
    }

    [Fact]
    public async Task Stop_BeforeTheFirstToken_EndsTheTurnWithoutText()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("go");
        await held.Begun;

        var stopped = await speaker.StopAsync(sent.Text("thread_id"), sent.Text("turn_id"));

        Assert.Equal("stopped", stopped.Text("status"));
        var events = await speaker.TurnAsync(sent);
        Assert.Equal(["user_message", "ai_response_start", TurnEvents.Complete], events.Names());
        Assert.Equal(("", "stopped"), (events[^1].Text("final_content"), events[^1].Text("finish_reason")));
        Assert.Equal(JsonValueKind.Null, events[^1].Data.GetProperty("first_token_ms").ValueKind);
    }

    [Fact]
    public async Task ASecondStop_AnswersTheSame_NamedOrNot()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("go", clientMessageId: "c-1");
        var (thread, turn) = (sent.Text("thread_id"), sent.Text("turn_id"));
        await held.Begun;

        var first = await speaker.StopAsync(thread, clientMessageId: "c-1");

        Assert.True(first.GetProperty("stopped").GetBoolean());
        Assert.Equal(first.ToString(), (await speaker.StopAsync(thread, turn)).ToString());
        Assert.Equal(first.ToString(), (await speaker.StopAsync(thread, clientMessageId: "c-1")).ToString());
        Assert.Equal(first.ToString(), (await speaker.StopAsync(thread)).ToString());
        Assert.Single(await speaker.TurnAsync(sent), next => next.IsEnd());
    }

    [Fact]
    public async Task Stop_WhenNothingHasEverRun_StopsNothing()
    {
        var speaker = await talk.NewSpeakerAsync();
        var thread = await speaker.CreateAsync();

        var stopped = await speaker.StopAsync(thread);

        Assert.False(stopped.GetProperty("stopped").GetBoolean());
        Assert.Equal(JsonValueKind.Null, stopped.GetProperty("turn_id").ValueKind);
        Assert.Equal((await speaker.MessagesAsync(thread)).Text("cursor"), stopped.Text("last_event_id"));
    }

    [Theory]
    [InlineData("", "complete")]
    [InlineData("[[fault=401]]", "failed")]
    public async Task Stop_OfATurnThatEndedByItself_SaysHowItEnded(string prompt, string status)
    {
        var speaker = await talk.NewSpeakerAsync();
        var sent = await speaker.SayAsync("go " + prompt);
        var thread = sent.Text("thread_id");
        var end = (await speaker.TurnAsync(sent))[^1];

        var named = await speaker.StopAsync(thread, sent.Text("turn_id"));
        var unnamed = await speaker.StopAsync(thread);

        Assert.False(named.GetProperty("stopped").GetBoolean());
        Assert.Equal([sent.Text("turn_id"), status, end.Id], named.Texts("turn_id status last_event_id"));
        Assert.Equal(named.ToString(), unnamed.ToString());
    }

    [Fact]
    public async Task Stop_OfATurnThatIsNotThere_Answers404_AndAConversationOfSomebodyElseToo()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("go");
        await held.Begun;
        var thread = sent.Text("thread_id");
        var elsewhere = (await speaker.SayAsync("elsewhere")).Text("turn_id");
        var somebodyElse = await talk.NewSpeakerAsync();

        using (var unknown = await speaker.PostAsync(new { turn_id = "nothing" }, $"{Speaker.Api}/{thread}/stop"))
            await unknown.ProblemAsync(404, "turn_not_found");
        using (var other = await speaker.PostAsync(new { turn_id = elsewhere }, $"{Speaker.Api}/{thread}/stop"))
            await other.ProblemAsync(404, "turn_not_found");
        using (var theirs = await somebodyElse.PostAsync(new { turn_id = sent.Text("turn_id") }, $"{Speaker.Api}/{thread}/stop"))
            await theirs.ProblemAsync(404, "conversation_not_found");

        Assert.True((await speaker.GetAsync($"{Speaker.Api}/{thread}")).GetProperty("running").GetBoolean());
        await held.FinishAsync();
        Assert.Equal("complete", (await speaker.EndAsync(sent)).Text("status"));
    }

    [Fact]
    public async Task Stop_WithoutABody_StopsWhatRuns()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        var sent = await speaker.SendAsync("go");
        await held.Begun;

        using var answer = await speaker.Client.PostAsync(
            new Uri($"{Speaker.Api}/{sent.Text("thread_id")}/stop", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(sent.Text("turn_id"), (await answer.JsonAsync()).Text("turn_id"));
    }

    [Fact]
    public async Task SendAndFollow_EndsWithTheTurn_ThatIsStopped()
    {
        var speaker = await talk.NewSpeakerAsync();
        var held = talk.Upstream.Hold();
        using var stream = await speaker.SendAndFollowAsync(new { message = "go" });
        var thread = (await stream.NextAsync("connected")).Text("thread_id");
        await held.SendAsync("some");
        await stream.UntilTextAsync("some");

        await speaker.StopAsync(thread);

        Assert.Equal("stopped", (await stream.ToEndAsync())[^1].Text("finish_reason"));
    }
}
