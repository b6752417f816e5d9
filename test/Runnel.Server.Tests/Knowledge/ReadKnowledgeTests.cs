using System.Text.Json;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Tests.Fixtures;
using static Runnel.Server.Tests.Knowledge.Said;

namespace Runnel.Server.Tests.Knowledge;

public class ReadKnowledgeTests(KnowingServer knowing) : IClassFixture<KnowingServer>
{
    private readonly RunnelServer _server = knowing.Server;

    [Fact]
    public async Task TheGraph_HasNodesAndEdges_WithWhatWasSaidAndByWhom()
    {
        var pupil = await Pupil.NewAsync(_server);
        await pupil.LearnAsync("m1", All(Person("Zhang San", "A doctor.", ("age", "30")), Thing("北京", EntityType.Location))
            .With(Relation("Zhang San", "lives in", "北京", "since 2019")));
        await pupil.LearnAsync("m2", All(Person("ＺＨＡＮＧ　ＳＡＮ", null, ("Age", "31")), Thing("上海", EntityType.Location))
            .With(Relation("zhang san", "moved to", "上海")));

        var graph = await pupil.KnowledgeAsync();

        var zhang = graph.Named("Zhang San");
        Assert.Equal(("person", "A doctor.", "m1", "round of m1"),
            (zhang.Text("type"), zhang.Text("description"), zhang.Text("message_id"), zhang.Text("round_id")));
        Assert.Equal("""{"age":"31"}""", zhang.GetProperty("properties").GetRawText().Replace("Age", "age", StringComparison.Ordinal));
        Assert.Equal(
            ["m2", "m1"], zhang.GetProperty("sources").EnumerateArray().Select(source => source.Text("message_id")));
        var older = Assert.Single(zhang.GetProperty("superseded").EnumerateArray());
        Assert.Equal(("age", "30", "m1", "m2"),
            (older.Text("property"), older.Text("value"), older.Text("message_id"), older.Text("superseded_by")));
        var edges = graph.GetProperty("edges").EnumerateArray().ToDictionary(edge => edge.Text("type"));
        Assert.Equal(edges["moved to"].Text("id"), edges["lives in"].Text("superseded_by"));
        Assert.Equal(JsonValueKind.Null, edges["moved to"].GetProperty("superseded_by").ValueKind);
        Assert.Equal((zhang.Text("id"), graph.Named("北京").Text("id"), "since 2019", "m1"),
            (edges["lives in"].Text("source"), edges["lives in"].Text("target"), edges["lives in"].Text("description"),
                edges["lives in"].Text("message_id")));
    }

    [Fact]
    public async Task Statistics_CountAll_WhateverWasAskedFor()
    {
        var pupil = await Pupil.NewAsync(_server);
        await pupil.LearnAsync("m1", All(Person("Ann", "kind"), Person("Bob"), Thing("tea", EntityType.Hobby))
            .With(Relation("Ann", "likes", "tea")));

        var statistics = (await pupil.KnowledgeAsync("?limit=1&types=hobby")).GetProperty("statistics");

        Assert.Equal((3, 1, 5, 10_000, 1), (Number("nodes"), Number("edges"), Number("facts"), Number("max_facts"), Number("messages")));
        Assert.Equal((2, 1, 0), (OfType("person"), OfType("hobby"), OfType("date")));
        Assert.Equal(9, statistics.GetProperty("by_type").EnumerateObject().Count());
        Assert.Equal("organization", statistics.GetProperty("thin_areas")[0].GetString());

        int Number(string name) => statistics.GetProperty(name).GetInt32();
        int OfType(string type) => statistics.GetProperty("by_type").GetProperty(type).GetInt32();
    }

    [Theory]
    [InlineData("", 4, 2)]
    [InlineData("?types=person", 2, 1)]
    [InlineData("?types=person,%20location", 3, 2)]
    [InlineData("?types=person&types=location&types=date", 3, 2)]
    [InlineData("?types=", 4, 2)]
    [InlineData("?types=skill", 0, 0)]
    [InlineData("?limit=1", 1, 0)]
    [InlineData("?limit=10000", 4, 2)]
    public async Task LimitAndTypes_ChooseNodes_AndOnlyEdgesBetweenThemAreThere(string query, int nodes, int edges)
    {
        var pupil = await Pupil.NewAsync(_server);
        await pupil.LearnAsync("m1", All(
            Person("Ann"), Person("Bob"), Thing("Rome", EntityType.Location), Thing("tea", EntityType.Hobby))
            .With(Relation("Ann", "knows", "Bob"), Relation("Bob", "visited", "Rome")));

        var graph = await pupil.KnowledgeAsync(query);

        Assert.Equal((nodes, edges), (graph.GetProperty("nodes").GetArrayLength(), graph.GetProperty("edges").GetArrayLength()));
    }

    [Theory]
    [InlineData("?limit=0", "invalid_limit")]
    [InlineData("?limit=10001", "invalid_limit")]
    [InlineData("?limit=x", "invalid_limit")]
    [InlineData("?types=persons", "invalid_types")]
    [InlineData("?types=person,Skill", "invalid_types")]
    public async Task WhatCannotBeAsked_IsRefused(string query, string code)
    {
        var pupil = await Pupil.NewAsync(_server);

        using var answer = await pupil.Owner.Client.GetAsync(
            new Uri(pupil.Path + query, UriKind.Relative), TestContext.Current.CancellationToken);

        await answer.ProblemAsync(400, code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatItWasTaught_IsItsOwners_AlsoWhereEverybodyMayTalkToIt(bool isPublic)
    {
        var pupil = await Pupil.NewAsync(_server, isPublic: isPublic);
        await pupil.LearnAsync("m1", Person("Ann"));
        var node = (await pupil.KnowledgeAsync()).Named("Ann").Text("id");
        var other = new Speaker(await _server.NewUserAsync());

        using var read = await other.Client.GetAsync(new Uri(pupil.Path, UriKind.Relative), TestContext.Current.CancellationToken);
        using var forgotten = await other.Client.DeleteAsync(
            new Uri($"{pupil.Path}/{node}", UriKind.Relative), TestContext.Current.CancellationToken);

        await read.ProblemAsync(404, "digital_human_not_found");
        await forgotten.ProblemAsync(404, "digital_human_not_found");
        Assert.Single((await pupil.KnowledgeAsync()).GetProperty("nodes").EnumerateArray());
    }

    [Fact]
    public async Task TwoThatLearnTheSame_KnowItEachForThemselves()
    {
        var owner = new Speaker(await _server.NewUserAsync());
        var (one, other) = (await Pupil.NewAsync(_server, owner), await Pupil.NewAsync(_server, owner));
        await one.LearnAsync("m1", Person("Ann"));
        await other.LearnAsync("m1", Person("Ann"), Person("Bob"));

        using (var forgotten = await one.ForgetAsync((await other.KnowledgeAsync()).Named("Ann").Text("id")))
            await forgotten.ProblemAsync(404, "knowledge_not_found");

        Assert.Single((await one.KnowledgeAsync()).GetProperty("nodes").EnumerateArray());
        Assert.Equal(2, (await other.KnowledgeAsync()).GetProperty("nodes").GetArrayLength());
        Assert.Empty(await one.FindAsync("Bob"));
    }
}
