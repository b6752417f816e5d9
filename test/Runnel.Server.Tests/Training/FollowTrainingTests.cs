using System.Net;
using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Training;

public class FollowTrainingTests(Talk talk) : IClassFixture<Talk>
{
    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SeveralTabs_SeeTheSameRound_AndSoDoesTheStreamOfAll()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        using var tab = await speaker.FollowTrainingAsync(human);
        using var all = await speaker.FollowTrainingAsync();
        await tab.NextAsync("connected");
        await all.NextAsync("connected");

        var events = await speaker.TeachAsync(human, "I live in Paris.");

        var seen = await tab.UntilAsync(Trainer.IsRoundEnd);
        seen.AssertWhole();
        Assert.Equal(events[^1].Id, seen[^1].Id);
        var seenByAll = await all.UntilAsync(Trainer.IsRoundEnd);
        Assert.Equal(seen[^1].Data.ToString(), seenByAll.AssertWhole().Data.ToString());
        Assert.NotEqual(seen[^1].Id, seenByAll[^1].Id);
    }

    [Fact]
    public async Task ACursor_BringsEveryLaterEventOnce_AlsoInTheMiddleOfTheQuestion()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        var events = await speaker.TeachAsync(human, "I live in Paris. [[step=question_generation tokens=40 delay=2ms]]");
        var later = events.FindIndex(next => next.IsKind("question_chunk"));

        using var resumed = await speaker.FollowTrainingAsync(human, events[later].Id);
        using var whole = await speaker.FollowTrainingAsync(human, "0");

        var rest = (await resumed.UntilAsync(Trainer.IsRoundEnd)).Skip(1).ToList();
        Assert.Equal(events.AssertWhole().Text("question"), (events[later].Text("content") + rest.Question()));
        Assert.DoesNotContain(rest, next => next.IsKind("node_start", "question_generation"));
        (await whole.UntilAsync(Trainer.IsRoundEnd)).AssertWhole();
    }

    [Fact]
    public async Task WhoJoinsInTheMiddle_IsToldHowFarItIs()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        using var running = await speaker.TrainAsync(human, "Hello [[step=question_generation tokens=2000 delay=20ms]]");
        await running.UntilAsync(next => next.IsKind("question_chunk"));

        using var late = await speaker.FollowTrainingAsync(human);
        using var all = await speaker.FollowTrainingAsync();
        var connected = await late.NextAsync("connected");
        var ofAll = await all.NextAsync("connected");

        var round = Assert.Single(connected.Data.GetProperty("running").EnumerateArray());
        Assert.Equal(human, round.GetProperty("digital_human_id").GetInt64());
        Assert.Equal("question_generation", round.Text("step"));
        Assert.StartsWith("word0 ", round.Text("question"), StringComparison.Ordinal);
        Assert.Single(ofAll.Data.GetProperty("running").EnumerateArray());
        await speaker.StopTrainingAsync(human);
        var rest = (await late.UntilAsync(Trainer.IsRoundEnd)).Skip(0).ToList();
        Assert.Equal("stopped", rest[^1].Text("code"));
        using var after = await speaker.FollowTrainingAsync(human);
        Assert.Empty((await after.NextAsync("connected")).Data.GetProperty("running").EnumerateArray());
    }

    [Fact]
    public async Task ACursorOfAnotherStream_IsRefused()
    {
        var speaker = await talk.NewSpeakerAsync();
        var (human, other) = (await speaker.NewHumanAsync(), await speaker.NewHumanAsync());
        var cursor = (await speaker.TeachAsync(human, "Hello!"))[^1].Id;

        using var get = await speaker.Client.GetAsync(
            new Uri($"{Trainer.Path}?digital_human_id={other}&after={cursor}", UriKind.Relative), End);
        using var post = await speaker.PostAsync(
            new { digital_human_id = other, message = "hi" }, $"{Trainer.Path}?after={cursor}");

        await get.ProblemAsync(400, "invalid_cursor");
        await post.ProblemAsync(400, "invalid_cursor");
        Assert.Empty((await speaker.HistoryAsync(other)).Items());
    }

    [Theory]
    [InlineData("abc", HttpStatusCode.BadRequest)]
    [InlineData("-1", HttpStatusCode.BadRequest)]
    [InlineData("999999", HttpStatusCode.NotFound)]
    public async Task AnIdThatIsNone_IsRefused(string id, HttpStatusCode status)
    {
        var speaker = await talk.NewSpeakerAsync();

        using var answer = await speaker.Client.GetAsync(
            new Uri($"{Trainer.Path}?digital_human_id={id}", UriKind.Relative), End);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Head_IsAnsweredWithoutABody()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{Trainer.Path}?digital_human_id={human}");

        using var answer = await speaker.Client.SendAsync(request, End);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(End));
    }

    [Fact]
    public async Task TheHistorysCursor_JoinsTheStreamWithoutAHole_WhileARoundRuns()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        await speaker.TeachAsync(human, "Hello!");
        var held = talk.Upstream.Hold();
        using var running = await speaker.TrainAsync(human, "I like chess.");
        await held.Begun;

        var page = await speaker.HistoryAsync(human);
        using var stream = await speaker.FollowTrainingAsync(human, page.Text("cursor"));
        await held.SendAsync("""{"intent":"information_sharing","stage":"initial","extract":true}""");
        await held.FinishAsync();

        Assert.Equal(["complete", "running"], page.Items().Select(item => item.Text("status")));
        Assert.Equal(JsonValueKind.Null, page.Items()[1].GetProperty("question").ValueKind);
        (await stream.UntilAsync(Trainer.IsRoundEnd)).AssertWhole();
    }
}
