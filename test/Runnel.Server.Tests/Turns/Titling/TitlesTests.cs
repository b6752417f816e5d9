using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Turns.Running;
using Runnel.Server.Turns.Titling;
using Upstream = Runnel.Fakes.Answers;

namespace Runnel.Server.Tests.Turns.Titling;

public sealed class TitlesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _ended = new(0);

    public void Dispose() => _ended.Dispose();

    [Fact]
    public async Task Title_IsWrittenByTheModel_AfterTheFirstAnswer_AndBothStreamsTellIt()
    {
        await using var talk = await StartAsync("Models:Titles=true");
        var speaker = await talk.NewSpeakerAsync();
        talk.Upstream.Enqueue(Upstream.Text("Water that flows."));
        talk.Upstream.Enqueue(Upstream.Text("\"Rivers and water.\""));
        using var all = await speaker.FollowAllAsync();

        var sent = await speaker.SayAsync("What is a river?");
        using var one = await speaker.FollowAsync(sent.Text("thread_id"), sent.Text("cursor"));

        foreach (var stream in new[] { all, one })
        {
            var updated = (await stream.UntilAsync("conversation_updated"))[^1];
            Assert.Equal("thread_id title type", updated.Data.Members());
            Assert.Equal("Rivers and water", updated.Text("title"));
        }

        var row = await speaker.GetAsync($"{Speaker.Api}/{sent.Text("thread_id")}");
        Assert.Equal("Rivers and water", row.Text("title"));
        Assert.Equal(2, talk.Upstream.Requests.Count);
        var request = talk.Upstream.Requests[1];
        Assert.Equal("system", request.Messages[0].Role);
        Assert.StartsWith("Write a title", request.Messages[0].Content, StringComparison.Ordinal);
        Assert.Contains("What is a river?", request.LastUserMessage, StringComparison.Ordinal);
        Assert.Contains("Water that flows.", request.LastUserMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Title_IsMadeOnce_AndOnlyAfterAWholeAnswer()
    {
        await using var talk = await StartAsync("Models:Titles=true");
        var speaker = await talk.NewSpeakerAsync();
        talk.Upstream.Enqueue(Upstream.Status(401));
        var thread = (await speaker.SayAsync("hello")).Text("thread_id");
        await ConsideredAsync(talk);
        Assert.Single(talk.Upstream.Requests);

        talk.Upstream.Enqueue(Upstream.Text("answer"));
        talk.Upstream.Enqueue(Upstream.Text("A title"));
        await speaker.SayAsync("again", thread);
        await ConsideredAsync(talk);
        await speaker.SayAsync("once more", thread);
        await ConsideredAsync(talk);

        Assert.Equal(4, talk.Upstream.Requests.Count);
        Assert.Equal("A title", (await speaker.GetAsync($"{Speaker.Api}/{thread}")).Text("title"));
    }

    [Fact]
    public async Task Title_OfAPerson_StaysAlthoughItCameWhileTheModelWrote()
    {
        await using var talk = await StartAsync("Models:Titles=true");
        var speaker = await talk.NewSpeakerAsync();
        talk.Upstream.Enqueue(Upstream.Text("answer"));
        var held = talk.Upstream.Hold();
        var thread = (await speaker.SayAsync("hello")).Text("thread_id");
        await held.Begun;

        using var renamed = await speaker.Client.PatchAsJsonAsync(
            $"{Speaker.Api}/{thread}", new { title = "mine" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, renamed.StatusCode);
        await held.SendAsync("the model's");
        await held.FinishAsync();
        await ConsideredAsync(talk);

        Assert.Equal("mine", (await speaker.GetAsync($"{Speaker.Api}/{thread}")).Text("title"));
    }

    [Fact]
    public async Task Title_IsNotAskedFor_WhereAPersonGaveOne()
    {
        await using var talk = await StartAsync("Models:Titles=true");
        var speaker = await talk.NewSpeakerAsync();

        await speaker.SayAsync("hello", await speaker.CreateAsync("mine"));
        await ConsideredAsync(talk);

        Assert.Single(talk.Upstream.Requests);
    }

    [Fact]
    public async Task Title_StaysAsItWas_WhenTheModelFailsOrTalks_AndTheNextAnswerBringsAnother()
    {
        await using var talk = await StartAsync("Models:Titles=true");
        var speaker = await talk.NewSpeakerAsync();
        talk.Upstream.Enqueue(Upstream.Text("answer"));
        talk.Upstream.Enqueue(Upstream.Status(500));
        var thread = (await speaker.SayAsync("hello")).Text("thread_id");
        await ConsideredAsync(talk);
        talk.Upstream.Enqueue(Upstream.Text("answer"));
        talk.Upstream.Enqueue(Upstream.Text(new string('x', 9000)));
        await speaker.SayAsync("more", thread);
        await ConsideredAsync(talk);
        Assert.Equal("hello", (await speaker.GetAsync($"{Speaker.Api}/{thread}")).Text("title"));

        talk.Upstream.Enqueue(Upstream.Text("answer"));
        talk.Upstream.Enqueue(Upstream.Text("Greetings"));
        await speaker.SayAsync("more", thread);
        await ConsideredAsync(talk);

        Assert.Equal("Greetings", (await speaker.GetAsync($"{Speaker.Api}/{thread}")).Text("title"));
    }

    [Fact]
    public async Task Title_TakesNoPlaceOfATurn()
    {
        await using var talk = await StartAsync("Models:Titles=true", "Limits:RunningTurnsPerUser=1");
        var speaker = await talk.NewSpeakerAsync();
        talk.Upstream.Enqueue(Upstream.Text("answer"));
        var held = talk.Upstream.Hold();
        var thread = (await speaker.SayAsync("hello")).Text("thread_id");
        await held.Begun;

        await speaker.SayAsync("meanwhile", thread);

        await held.FinishAsync();
    }

    [Fact]
    public async Task Shutdown_GivesATitleUp_AndTheNextAnswerAfterTheStartBringsIt()
    {
        await using var talk = await StartAsync("Models:Titles=true");
        var speaker = await talk.NewSpeakerAsync();
        talk.Upstream.Enqueue(Upstream.Text("answer"));
        var held = talk.Upstream.Hold();
        var thread = (await speaker.SayAsync("hello")).Text("thread_id");
        await held.Begun;

        Assert.True(await _ended.WaitAsync(Patience, TestContext.Current.CancellationToken));
        await talk.Server.RestartAsync();
        Listen(talk);
        await talk.Upstream.WaitForAbortAsync(1, TestContext.Current.CancellationToken);
        using var client = talk.Server.NewClient();
        client.DefaultRequestHeaders.Authorization = speaker.Client.DefaultRequestHeaders.Authorization;
        var again = new Speaker(client);
        talk.Upstream.Enqueue(Upstream.Text("answer"));
        talk.Upstream.Enqueue(Upstream.Text("Greetings"));
        await again.SayAsync("more", thread);
        await ConsideredAsync(talk);

        Assert.Equal("Greetings", (await again.GetAsync($"{Speaker.Api}/{thread}")).Text("title"));
    }

    [Theory]
    [InlineData("Models:Titles=false", "Models:Default=fake")]
    [InlineData("Models:Titles=true", "Models:Providers:0:Kind=Scripted")]
    public async Task NoTitleIsAskedFor_WhenSwitchedOff_AndOfTheDemonstrationModel(string setting, string other)
    {
        await using var talk = await StartAsync(setting, other);
        var speaker = await talk.NewSpeakerAsync();

        var thread = (await speaker.SayAsync("hello")).Text("thread_id");
        await ConsideredAsync(talk);

        Assert.Equal("hello", (await speaker.GetAsync($"{Speaker.Api}/{thread}")).Text("title"));
        Assert.DoesNotContain(talk.Upstream.Requests, request => request.Messages[0].Role == "system");
    }

    private async Task<Talk> StartAsync(params string[] settings)
    {
        var talk = await Talk.StartAsync(settings);
        Listen(talk);
        return talk;
    }

    private void Listen(Talk talk)
    {
        talk.Server.Services.GetRequiredService<Titles>().Quiet = TimeSpan.FromMilliseconds(10);
        talk.Server.Services.GetRequiredService<RunningTurns>().Ended += _ => _ended.Release();
    }

    /// <summary>Waits until the next turn that ended was thought about, and nothing more is under way.</summary>
    private async Task ConsideredAsync(Talk talk)
    {
        Assert.True(await _ended.WaitAsync(Patience));
        await talk.Server.Services.GetRequiredService<Titles>().WhenIdleAsync().WaitAsync(Patience);
    }
}
