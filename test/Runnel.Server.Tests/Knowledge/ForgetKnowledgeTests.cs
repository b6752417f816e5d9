using System.Net;
using System.Text;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Merging;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams.Stores;
using static Runnel.Server.Tests.Knowledge.Said;

namespace Runnel.Server.Tests.Knowledge;

public class ForgetKnowledgeTests(KnowingServer knowing) : IClassFixture<KnowingServer>
{
    private readonly RunnelServer _server = knowing.Server;

    [Fact]
    public async Task WhatIsForgotten_GoesWithItsEdges_AndIsFoundByNobody()
    {
        var pupil = await Pupil.NewAsync(_server);
        await pupil.LearnAsync("m1", All(Person("Ann"), Person("Bob"), Thing("chess", EntityType.Hobby))
            .With(Relation("Ann", "plays", "chess"), Relation("Bob", "plays", "chess"), Relation("Ann", "knows", "Bob")));

        using (var forgotten = await pupil.ForgetAsync((await pupil.KnowledgeAsync()).Named("Ann").Text("id")))
            Assert.Equal(HttpStatusCode.NoContent, forgotten.StatusCode);

        var graph = await pupil.KnowledgeAsync();
        Assert.Equal(["Bob", "chess"], graph.Names());
        Assert.Single(graph.GetProperty("edges").EnumerateArray());
        Assert.DoesNotContain(await pupil.FindAsync("Ann plays chess"), fact => fact.Text.Contains("Ann", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ForgettingTwice_Answers404_AndWhatIsSaidAgainIsLearnedAnew()
    {
        var pupil = await Pupil.NewAsync(_server);
        await pupil.LearnAsync("m1", Person("Ann", "kind"));
        var node = (await pupil.KnowledgeAsync()).Named("Ann").Text("id");
        (await pupil.ForgetAsync(node)).Dispose();

        using (var again = await pupil.ForgetAsync(node))
            await again.ProblemAsync(404, "knowledge_not_found");
        var learned = await pupil.LearnAsync("m2", Person("ann"));

        Assert.True(Assert.Single(learned.Nodes).IsNew);
        var anew = (await pupil.KnowledgeAsync()).Named("ann");
        Assert.NotEqual(node, anew.Text("id"));
        Assert.Equal("m2", anew.Text("message_id"));
    }

    [Fact]
    public async Task AnEdge_CanBeForgottenAlone()
    {
        var pupil = await Pupil.NewAsync(_server);
        await pupil.LearnAsync("m1", All(Person("Ann"), Person("Bob")).With(Relation("Ann", "knows", "Bob")));
        var edge = (await pupil.KnowledgeAsync()).GetProperty("edges")[0].Text("id");

        using (var forgotten = await pupil.ForgetAsync(edge))
            Assert.Equal(HttpStatusCode.NoContent, forgotten.StatusCode);

        var graph = await pupil.KnowledgeAsync();
        Assert.Equal(["Ann", "Bob"], graph.Names());
        Assert.Empty(graph.GetProperty("edges").EnumerateArray());
    }

    [Fact]
    public async Task ARoundThatWasPlannedBeforeSomethingWasForgotten_StoresNothing_AndPlansAgain()
    {
        var pupil = await Pupil.NewAsync(_server);
        await pupil.LearnAsync("m1", Person("Ann"), Person("Bob"));
        var said = All(Person("Cid")).With(Relation("Cid", "knows", "Ann"), Relation("Cid", "knows", "Bob"));
        var planned = await pupil.PlanAsync("m2", said);
        (await pupil.ForgetAsync((await pupil.KnowledgeAsync()).Named("Ann").Text("id"))).Dispose();

        var refusal = await Assert.ThrowsAsync<ParticipantRefusedException>(() => pupil.StoreAsync(planned.Participants));

        Assert.Equal(KnowledgeMerge.Unchanged, refusal.Participant);
        Assert.Equal(["Bob"], (await pupil.KnowledgeAsync()).Names());
        var anew = await pupil.LearnAsync("m2", said);
        Assert.Equal("unknown_end", Assert.Single(anew.LeftOut).Reason);
        Assert.Equal(["Bob", "Cid"], (await pupil.KnowledgeAsync()).Names());
    }

    [Fact]
    public async Task ForgettingAndLearningAtOnce_LeaveNoHalf()
    {
        var pupil = await Pupil.NewAsync(_server);
        for (var round = 0; round < 10; round++)
        {
            await pupil.LearnAsync($"first {round}", Person("Ann"), Person("Bob"));
            var node = (await pupil.KnowledgeAsync()).Named("Ann").Text("id");

            var learning = Enumerable.Range(0, 4).Select(i => pupil.LearnAsync(
                $"m{round}.{i}",
                All(Person($"Cid {i}", "a friend")).With(Relation($"Cid {i}", "knows", "Ann"), Relation("Bob", "knows", $"Cid {i}"))));
            var forgetting = Enumerable.Range(0, 2).Select(_ => pupil.ForgetAsync(node));
            await Task.WhenAll(learning);
            var answers = await Task.WhenAll(forgetting);

            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
            var graph = await pupil.KnowledgeAsync();
            Assert.DoesNotContain("Ann", graph.Names());
            var ids = graph.GetProperty("nodes").EnumerateArray().Select(known => known.Text("id")).ToHashSet();
            Assert.All(graph.GetProperty("edges").EnumerateArray(), edge =>
                Assert.True(ids.Contains(edge.Text("source")) && ids.Contains(edge.Text("target"))));
            Assert.Equal(["Bob", "Cid 0", "Cid 1", "Cid 2", "Cid 3"], graph.Names());
        }
    }

    [Fact]
    public async Task WhatOnlyOneMessageSaid_GoesWithIt_AndWhatItSupersededHoldsAgain()
    {
        var pupil = await Pupil.NewAsync(_server);
        await pupil.LearnAsync("m1", All(Person("Ann", null, ("age", "30")), Thing("Rome", EntityType.Location))
            .With(Relation("Ann", "lives in", "Rome")));
        await pupil.LearnAsync("m2", All(Person("Ann", "tall", ("age", "31")), Thing("Oslo", EntityType.Location))
            .With(Relation("Ann", "lives in", "Oslo")));

        await pupil.StoreAsync(KnowledgeRows.DeleteLearnedFrom(pupil.Id, "m2"));

        var graph = await pupil.KnowledgeAsync();
        Assert.Equal(["Ann", "Rome"], graph.Names());
        Assert.Equal("30", graph.Named("Ann").GetProperty("properties").Text("age"));
        Assert.Null(graph.Named("Ann").GetProperty("description").GetString());
        Assert.Null(Assert.Single(graph.GetProperty("edges").EnumerateArray()).GetProperty("superseded_by").GetString());
        Assert.Empty(await pupil.FindAsync("Oslo tall"));

        await pupil.StoreAsync(KnowledgeRows.DeleteLearnedFrom(pupil.Id, "m1"));
        Assert.Empty((await pupil.KnowledgeAsync()).Names());
        Assert.Empty(await pupil.FindAsync("Ann Rome"));
    }

    [Fact]
    public async Task TheText_IsInNoFile_OnceItIsForgotten()
    {
        const string Name = "Qwertzuiopia";
        const string Description = "flabbergasted 非常秘密的事情";
        var pupil = await Pupil.NewAsync(_server);
        await pupil.LearnAsync("m1", All(Person("Ann"), Thing(Name, EntityType.Location, Description, ("motto", "asdfghjkl")))
            .With(Relation("Ann", "lives in", Name, "yxcvbnm")));
        string[] words = [Name, Name.ToLowerInvariant(), "flabbergasted", "非常", "秘密", "asdfghjkl", "yxcvbnm"];
        // They may be on their way from one file to the other while they are looked for.
        await UntilAsync(pupil, () => words.Where(word => FilesWith(word).Length == 0), "Not there");

        (await pupil.ForgetAsync((await pupil.KnowledgeAsync()).Named(Name).Text("id"))).Dispose();

        await UntilAsync(pupil, () => words.Where(word => FilesWith(word).Length > 0), "Still there");
    }

    private static async Task UntilAsync(Pupil pupil, Func<IEnumerable<string>> wrong, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (wrong().ToList() is [_, ..] words)
        {
            Assert.False(patience.IsCancellationRequested, $"{what}: {string.Join(", ", words)}.");
            await pupil.KnowledgeAsync();
        }
    }

    private string[] FilesWith(string text)
    {
        var searched = Encoding.UTF8.GetBytes(text);
        return [.. Directory.GetFiles(_server.DataDirectory, "runnel.db*").Where(file => Read(file).AsSpan().IndexOf(searched) >= 0)];
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
