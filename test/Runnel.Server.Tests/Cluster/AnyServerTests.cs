using System.Net;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Cluster;

/// <summary>No server is special: what one runs, any other serves, stops and changes.</summary>
public class AnyServerTests(Servers servers) : IClassFixture<Servers>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Followers_OfBothServers_SeeTheSame_WhileOneOfThemAnswers()
    {
        var (atA, atB) = await servers.NewSpeakerAsync();
        using var all = await atB.FollowAllAsync();
        var held = servers.Upstream.Hold();
        var sent = await atA.SendAsync("go");
        using var here = await atA.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        using var there = await atB.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));
        foreach (var piece in (string[])["one", "-two", "-three"])
        {
            await held.SendAsync(piece);
            await there.UntilAsync(next => next.Event == "ai_response_chunk" && next.Text("content") == piece);
        }

        await held.FinishAsync();

        var end = (await there.UntilAsync(next => next.IsEnd()))[^1];
        Assert.Equal("one-two-three", end.Text("final_content"));
        Assert.Equal(end.Id, (await here.UntilAsync(next => next.IsEnd()))[^1].Id);
        Assert.Equal(end.Data.ToString(), (await all.UntilAsync(next => next.IsEnd()))[^1].Data.ToString());
        Assert.Equal("one-two-three", (await atA.TurnAsync(sent)).Joined());
        Assert.Equal("one-two-three", (await atB.TurnAsync(sent)).Joined());
    }

    [Fact]
    public async Task Stop_AtAnotherServer_LetsGoOfTheModel_AndKeepsWhatWasShown()
    {
        var (atA, atB) = await servers.NewSpeakerAsync();
        var (held, aborts) = (servers.Upstream.Hold(), servers.Upstream.ClientAborts);
        var sent = await atA.SendAsync("go");
        var thread = sent.Text("thread_id");
        using var stream = await atB.FollowAsync(thread, sent.Text("cursor"));
        await held.SendAsync("some");
        await stream.UntilTextAsync("some");

        var stopped = await atB.StopAsync(thread);

        await servers.Upstream.WaitForAbortAsync(aborts + 1, Token);
        var end = (await stream.UntilAsync(next => next.IsEnd()))[^1];
        Assert.Equal(("some", "stopped"), (end.Text("final_content"), end.Text("finish_reason")));
        Assert.Equal([sent.Text("turn_id"), "stopped", end.Id], stopped.Texts("turn_id status last_event_id"));
        Assert.Equal(stopped.ToString(), (await atA.StopAsync(thread, sent.Text("turn_id"))).ToString());
    }

    [Fact]
    public async Task Stop_IsFoundByTheServerThatRunsTheTurn_WhenItIsNotTold()
    {
        var (atA, atB) = await servers.NewSpeakerAsync();
        var held = servers.Upstream.Hold();
        var sent = await atA.SendAsync("go");
        await held.Begun;
        var store = Servers.StoreOf(servers.A);
        var told = store.Signalled;
        store.Signalled = null;
        try
        {
            Assert.Equal("stopped", (await atB.StopAsync(sent.Text("thread_id"))).Text("status"));
        }
        finally
        {
            store.Signalled = told;
        }
    }

    [Fact]
    public async Task AMessageThatInterrupts_AtAnotherServer_EndsTheTurn_AndIsAnsweredThere()
    {
        var (atA, atB) = await servers.NewSpeakerAsync();
        var held = servers.Upstream.Hold();
        var running = await atA.SendAsync("first");
        var thread = running.Text("thread_id");
        await held.Begun;

        var urgent = await atB.SendBusyAsync("urgent", thread, "interrupt");

        Assert.Equal("stopped", (await atB.TurnAsync(running))[^1].Text("finish_reason"));
        Assert.Equal("You said: urgent", (await atA.TurnAsync(urgent))[^1].Text("final_content"));
        Assert.Equal(
            ["first", "", "urgent", "You said: urgent"],
            (await atA.MessagesAsync(thread)).Items().Select(message => message.Text("content")));
    }

    [Fact]
    public async Task MessagesThatWait_AreAnsweredInTheirOrder_WhicheverServerTookThem()
    {
        var (atA, atB) = await servers.NewSpeakerAsync();
        var held = servers.Upstream.Hold();
        var thread = (await atA.SendAsync("1")).Text("thread_id");
        await held.Begun;
        await atB.SendBusyAsync("2", thread, "enqueue");
        await atA.SendBusyAsync("3", thread, "enqueue");
        var last = await atB.SendBusyAsync("4", thread, "enqueue");

        await held.FinishAsync();

        await atB.TurnAsync(last);
        Assert.Equal(
            ["1", "2", "3", "4"],
            (await atA.MessagesAsync(thread)).Items().Where(message => message.Text("role") == "user")
                .Select(message => message.Text("content")));
    }

    [Fact]
    public async Task TheSameMessage_SentToBothServersAtOnce_IsOneTurn()
    {
        var (atA, atB) = await servers.NewSpeakerAsync();
        var thread = await atA.CreateAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => (i % 2 == 0 ? atA : atB).SendBusyAsync("hello", thread, "reject", "c-once")));

        Assert.Single(answers.Select(answer => answer.Text("turn_id")).Distinct());
        await atB.TurnAsync(answers[0]);
        Assert.Equal(2, (await atB.MessagesAsync(thread)).Items().Count);
    }

    [Fact]
    public async Task AConversation_IsDeletedAtAnotherServer_WhileItIsAnswered()
    {
        var (atA, atB) = await servers.NewSpeakerAsync();
        var (held, aborts) = (servers.Upstream.Hold(), servers.Upstream.ClientAborts);
        var thread = (await atA.SendAsync("go")).Text("thread_id");
        using var stream = await atA.FollowAsync(thread);
        await held.Begun;

        using var deleted = await atB.Client.DeleteAsync(new Uri($"{Speaker.Api}/{thread}", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await servers.Upstream.WaitForAbortAsync(aborts + 1, Token);
        await stream.ToEndAsync();
        using var gone = await atA.Client.GetAsync(new Uri($"{Speaker.Api}/{thread}", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task ARoundOfTraining_IsFollowedAndStopped_AtAnotherServer()
    {
        var (atA, atB) = await servers.NewSpeakerAsync();
        var human = await atA.NewHumanAsync();
        var (held, aborts) = (servers.Upstream.Hold(), servers.Upstream.ClientAborts);
        using var stream = await atA.TrainAsync(human, "I like chess.");
        await held.Begun;

        var stopped = await atB.StopTrainingAsync(human);

        await servers.Upstream.WaitForAbortAsync(aborts + 1, Token);
        var end = (await stream.ToEndAsync())[^1];
        Assert.Equal((Trainer.Error, "stopped", stopped.Text("last_event_id")), (end.Event, end.Text("code"), end.Id));
    }
}
