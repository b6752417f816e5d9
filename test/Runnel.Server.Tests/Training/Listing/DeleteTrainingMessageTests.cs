using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Training.Listing;

public class DeleteTrainingMessageTests(Talk talk) : IClassFixture<Talk>
{
    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AMessage_TakesTheFactsWithItThatOnlyItHadSaid()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        var paris = (await speaker.TeachAsync(human, "I live in Paris."))[^1].Text("message_id");
        await speaker.TeachAsync(human, "I like chess.");
        using var tab = await speaker.FollowTrainingAsync(human);
        await tab.NextAsync("connected");

        using var deleted = await DeleteAsync(speaker, human, paris);
        using var again = await DeleteAsync(speaker, human, paris);

        Assert.Equal(System.Net.HttpStatusCode.NoContent, deleted.StatusCode);
        await again.ProblemAsync(404, "message_not_found");
        Assert.Equal(["User", "chess"], await speaker.KnownNamesAsync(human));
        Assert.Equal("I like chess.", Assert.Single((await speaker.HistoryAsync(human)).Items()).Text("content"));
        Assert.Equal(paris, (await tab.NextAsync("training_message_deleted")).Text("message_id"));
        // Also where nothing would show it.
        await using var scope = talk.Server.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        Assert.Equal(2, await database.Set<KnowledgeNode>().CountAsync(node => node.DigitalHumanId == human, End));
        Assert.Equal(1, await database.Set<KnowledgeEdge>().CountAsync(edge => edge.DigitalHumanId == human, End));
        Assert.Equal(3, await database.Set<KnowledgeFact>().CountAsync(fact => fact.DigitalHumanId == human, End));
    }

    [Fact]
    public async Task ItsEvents_AreGivenUp_AndWhoComesBackWithAnOlderCursorIsToldSo()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        var events = await speaker.TeachAsync(human, "I live in Paris.");
        using var deleted = await DeleteAsync(speaker, human, events[^1].Text("message_id"));

        using var replay = await speaker.FollowTrainingAsync(human, "0");
        using var stale = await speaker.FollowTrainingAsync(human, events[1].Id);

        Assert.Equal(["connected", "training_message_deleted"], [(await replay.NextAsync()).Event, (await replay.NextAsync()).Event]);
        Assert.Equal("resync", (await stale.NextAsync()).Event);
    }

    [Fact]
    public async Task AMessageThatIsBeingLearned_IsStoppedFirst()
    {
        var speaker = await talk.NewSpeakerAsync();
        var human = await speaker.NewHumanAsync();
        using var stream = await speaker.TrainAsync(
            human, "I live in Paris. [[step=question_generation tokens=5000 delay=20ms]]");
        var said = (await stream.UntilAsync(next => next.IsKind("user_message")))[^1].Text("message_id");
        await stream.UntilAsync(next => next.IsKind("question_chunk"));

        using var deleted = await DeleteAsync(speaker, human, said);

        Assert.Equal(System.Net.HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("stopped", (await stream.ToEndAsync())[^1].Text("code"));
        Assert.Empty(await speaker.KnownNamesAsync(human));
        Assert.Empty((await speaker.HistoryAsync(human)).Items());
        (await speaker.TeachAsync(human, "I like chess.")).AssertWhole();
    }

    private static Task<HttpResponseMessage> DeleteAsync(Speaker speaker, long human, string message) =>
        speaker.Client.DeleteAsync(new Uri($"{Persona.Api}/{human}/training-messages/{message}", UriKind.Relative), End);
}
