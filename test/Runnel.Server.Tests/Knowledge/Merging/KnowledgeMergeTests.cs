using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Merging;
using Runnel.Server.Knowledge.Overviews;
using Runnel.Server.Knowledge.Reading;
using Runnel.Server.Persistence;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams.Stores;
using static Runnel.Server.Tests.Knowledge.Said;

namespace Runnel.Server.Tests.Knowledge.Merging;

public class KnowledgeMergeTests(KnowingServer knowing) : IClassFixture<KnowingServer>
{
    private readonly RunnelServer _server = knowing.Server;

    [Fact]
    public async Task AStepThatRunsTwice_StoresEverythingOnce_AndAnswersTheSame()
    {
        var pupil = await Pupil.NewAsync(_server);
        await pupil.LearnAsync("m1", Person("Ann", null, ("age", "30")));
        var said = All(Person("ann", "tall", ("age", "31")), Person("Bob")).With(Relation("Ann", "knows", "Bob"));
        var first = await pupil.PlanAsync("m2", said);
        await pupil.StoreAsync(first.Participants);

        var again = await pupil.PlanAsync("m2", said);
        await Assert.ThrowsAsync<ParticipantRefusedException>(() => pupil.StoreAsync(first.Participants));

        Assert.Empty(again.Participants);
        Assert.Equal(first.Nodes.Select(node => (node.Id, node.IsNew)), again.Nodes.Select(node => (node.Id, node.IsNew)));
        Assert.Equal(first.Edges.Select(edge => (edge.Id, edge.IsNew)), again.Edges.Select(edge => (edge.Id, edge.IsNew)));
        Assert.Equal([false, true], again.Nodes.Select(node => node.IsNew));
        Assert.Equal(["Ann", "Bob"], (await pupil.KnowledgeAsync()).Names());
    }

    [Fact]
    public async Task TwoRoundsAtOnce_BothLearn_AndMeetInTheSameNodes()
    {
        var pupil = await Pupil.NewAsync(_server);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => pupil.LearnAsync(
            $"m{i}", All(Person("Ann"), Person($"Friend {i}")).With(Relation("Ann", "knows", $"friend {i}")))));

        var graph = await pupil.KnowledgeAsync();
        Assert.Equal(9, graph.Names().Count);
        Assert.Equal(8, graph.GetProperty("edges").GetArrayLength());
        Assert.Equal(8, graph.Named("Ann").GetProperty("sources").GetArrayLength());
    }

    [Fact]
    public async Task FiveHundredEntities_AreLearned_AndOneMoreIsRefused()
    {
        var pupil = await Pupil.NewAsync(_server);
        var many = Enumerable.Range(0, MergeLimits.Entities).Select(i => Person($"Person {i}", $"number {i}")).ToArray();

        var refused = await pupil.PlanAsync("m1", All([.. many, Person("One more")]));
        var taken = await pupil.LearnAsync("m1", many);

        Assert.Equal("too_many_entities", refused.Refused?.Code);
        Assert.Empty(refused.Participants);
        Assert.Null(taken.Refused);
        Assert.Equal(500, (await pupil.KnowledgeAsync("?limit=10000")).Names().Count);
    }

    [Fact]
    public async Task BeyondTheLastFact_NothingNewIsLearned_ButWhatIsKnownMayBeSaidAgain()
    {
        var pupil = await Pupil.NewAsync(_server);
        for (var message = 0; message < 20; message++)
            await pupil.LearnAsync($"m{message}", [.. Enumerable.Range(0, 500).Select(i => Person($"Person {message} {i}"))]);

        var full = await pupil.PlanAsync("more", All(Person("Nobody")));
        var again = await pupil.LearnAsync("more", Person("person 3 4"));

        Assert.Equal("knowledge_full", full.Refused?.Code);
        Assert.Null(again.Refused);
        Assert.False(Assert.Single(again.Nodes).IsNew);
        Assert.Equal(10_000, (await pupil.KnowledgeAsync("?limit=1")).GetProperty("statistics").GetProperty("facts").GetInt32());
    }

    [Fact]
    public async Task ADigitalHumanThatIsNotThere_RefusesTheRows()
    {
        var pupil = await Pupil.NewAsync(_server);
        var planned = await pupil.PlanAsync("m1", All(Person("Ann")));
        using (var deleted = await pupil.Owner.Client.DeleteAsync(
            new Uri($"/api/v1/digital-humans/{pupil.Id}", UriKind.Relative), TestContext.Current.CancellationToken))
            Assert.True(deleted.IsSuccessStatusCode);

        var refusal = await Assert.ThrowsAsync<ParticipantRefusedException>(() => pupil.StoreAsync(planned.Participants));

        Assert.Equal("digital human", refusal.Participant);
    }

    [Fact]
    public async Task TheHistory_TellsWhatIsStillKnownOfWhatEachMessageSaid()
    {
        var pupil = await Pupil.NewAsync(_server);
        await pupil.LearnAsync("m1", All(Person("Ann"), Person("Bob")).With(Relation("Ann", "knows", "Bob")));
        await pupil.LearnAsync("m2", All(Person("ann"), Thing("tea", EntityType.Hobby)));
        (await pupil.ForgetAsync((await pupil.KnowledgeAsync()).Named("Bob").Text("id"))).Dispose();

        await using var scope = _server.Services.CreateAsyncScope();
        var learned = await KnowledgeOfMessages.ReadAsync(
            scope.ServiceProvider.GetRequiredService<RunnelDbContext>(), pupil.Id, ["m1", "m2", "m3"],
            TestContext.Current.CancellationToken);

        Assert.Equal(["m1", "m2"], learned.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["Ann"], learned["m1"].Nodes.Select(node => node.Name));
        Assert.Empty(learned["m1"].Edges);
        Assert.Equal([("Ann", "person"), ("tea", "hobby")], learned["m2"].Nodes.Select(node => (node.Name, node.Type)));
    }

    [Fact]
    public async Task TheOverview_NamesTheNewestOfEachType_AndWhereThereIsLittle()
    {
        var pupil = await Pupil.NewAsync(_server);
        await pupil.LearnAsync("m1", [.. Enumerable.Range(0, 30).Select(i => Person($"Person {i}")), Thing("tea", EntityType.Hobby)]);

        var overview = await _server.Services.GetRequiredService<KnowledgeOverview>().ReadAsync(
            pupil.Id, TestContext.Current.CancellationToken);

        Assert.Equal(["hobby", "person"], overview.Names.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(KnowledgeOverview.NamesOfAType, overview.Names["person"].Count);
        Assert.Equal(["tea"], overview.Names["hobby"]);
        Assert.Equal(30, overview.Statistics.ByType["person"]);
        Assert.DoesNotContain("person", overview.Statistics.ThinAreas);
        Assert.Contains("skill", overview.Statistics.ThinAreas);
    }
}
