using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Training;

public class BadTrainingTests(Talk talk) : IClassFixture<Talk>
{
    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"message":"hi"}""", 422, "missing_digital_human_id")]
    [InlineData("""{"digital_human_id":ID,"message":" "}""", 422, "empty_message")]
    [InlineData("""{"digital_human_id":ID}""", 422, "empty_message")]
    [InlineData("""{"digital_human_id":ID,"message":"hi","client_message_id":""}""", 422, "invalid_client_message_id")]
    [InlineData("""{"digital_human_id":ID,"message":"hi","when_busy":"rollback"}""", 422, "invalid_when_busy")]
    [InlineData("""{"digital_human_id":"ID","message":"hi"}""", 400, "malformed_body")]
    [InlineData("""{"digital_human_id":999999,"message":"hi"}""", 404, "digital_human_not_found")]
    [InlineData("[", 400, "malformed_body")]
    public async Task ABadBody_IsRefused_AndStartsNothing(string body, int status, string code)
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();

        using var answer = await speaker.Client.PostJsonAsync(
            Trainer.Path, body.Replace("ID", $"{human}", StringComparison.Ordinal));

        await answer.ProblemAsync(status, code);
        Assert.Empty((await speaker.HistoryAsync(human)).Items());
    }

    [Fact]
    public async Task SomebodyElsesDigitalHuman_IsNotThere_EvenIfItIsPublic()
    {
        var owner = await talk.NewSpeakerAsync();
        var human = (await owner.MakeHumanAsync(isPublic: true)).Id();
        await owner.TeachAsync(human, "I like chess.");
        var message = (await owner.HistoryAsync(human)).Items()[0].Text("message_id");
        var other = await talk.NewSpeakerAsync();
        var path = $"{Persona.Api}/{human}";

        using var train = await other.PostTrainingAsync(new { digital_human_id = human, message = "hi" });
        using var stop = await other.PostAsync(new { }, $"{path}/train/stop");
        using var follow = await other.Client.GetAsync(new Uri($"{Trainer.Path}?digital_human_id={human}", UriKind.Relative), End);
        using var list = await other.Client.GetAsync(new Uri($"{path}/training-messages", UriKind.Relative), End);
        using var delete = await other.Client.DeleteAsync(new Uri($"{path}/training-messages/{message}", UriKind.Relative), End);

        foreach (var answer in (HttpResponseMessage[])[train, stop, follow, list, delete])
            await answer.ProblemAsync(404, "digital_human_not_found");
        Assert.Single((await owner.HistoryAsync(human)).Items());
    }

    [Fact]
    public async Task TheSameMessageAgain_FollowsTheSameRound_AndAnotherUnderItsNameIsRefused()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        var first = await speaker.TeachAsync(human, "I like chess.", "once");

        var again = await speaker.TeachAsync(human, "I like chess.", "once");
        using var resumed = await speaker.TrainAsync(human, "I like chess.", "once", lastEventId: first[^1].Id);
        using var reused = await speaker.PostTrainingAsync(
            new { digital_human_id = human, message = "I like go.", client_message_id = "once" });

        Assert.Equal(first.AssertWhole().Data.ToString(), again.AssertWhole().Data.ToString());
        Assert.Equal(["connected", Trainer.Complete], (await resumed.ToEndAsync()).Names());
        await reused.ProblemAsync(422, "client_message_id_reused");
        Assert.Single((await speaker.HistoryAsync(human)).Items());
    }

    [Fact]
    public async Task TheSameMessageTwiceAtOnce_IsOneRound()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();

        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => speaker.TeachAsync(human, "I like chess.", "twin")));

        Assert.Single(both.Select(events => events.AssertWhole().Text("round_id")).Distinct());
        Assert.Single((await speaker.HistoryAsync(human)).Items());
    }

    [Fact]
    public async Task RunningRounds_CountLikeRunningTurns()
    {
        await using var small = await Talk.StartAsync("Limits:RunningTurnsPerUser=1");
        var speaker = await small.NewSpeakerAsync();
        var (first, second) = (await speaker.NewHumanAsync(), await speaker.NewHumanAsync());
        var held = small.Upstream.Hold();
        using var running = await speaker.TrainAsync(first, "hi");
        await held.Begun;

        using var round = await speaker.PostTrainingAsync(new { digital_human_id = second, message = "hi" });
        using var turn = await speaker.PostAsync(new { message = "hi" });

        await round.ProblemAsync(429, "too_many_turns");
        await turn.ProblemAsync(429, "too_many_turns");
        await speaker.StopTrainingAsync(first);
        (await speaker.TeachAsync(second, "hi")).AssertWhole();
    }
}
