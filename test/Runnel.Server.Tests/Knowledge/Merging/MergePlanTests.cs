using Runnel.Server.Knowledge.Graphs;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Merging;
using static Runnel.Server.Tests.Knowledge.Said;

namespace Runnel.Server.Tests.Knowledge.Merging;

public class MergePlanTests
{
    private readonly Memory _memory = new();

    [Fact]
    public void TheSameEntityInOtherLetters_IsOneNode_ThatKeepsEverySpellingAndSource()
    {
        _memory.Learn("m1", All(Person("Zhang San")));
        _memory.Learn("m2", All(Person("ＺＨＡＮＧ　ＳＡＮ"), Person("Zhang-San")));

        var node = Assert.Single(_memory.Graph.Nodes);
        var state = NodeState.Of(_memory.Graph, node);
        Assert.Equal("Zhang San", state.Name);
        Assert.Equal(["Zhang San", "Zhang-San"], state.Names.Select(name => name.Fact.Text));
        Assert.Equal(["m1", "m2"], state.Names[0].Sources.Select(source => source.MessageId));
    }

    [Fact]
    public void TheSameNameOfAnotherType_IsAnotherNode()
    {
        _memory.Learn("m1", All(Thing("Apple", EntityType.Organization), Thing("apple", EntityType.Concept)));

        Assert.Equal(2, _memory.Graph.Nodes.Count);
    }

    [Fact]
    public void APropertyThatIsSaidOtherwise_IsSuperseded_AndComesBackWhenTheNewerMessageGoes()
    {
        _memory.Learn("m1", All(Person("Ann", null, ("age", "30"))));
        var plan = _memory.Learn("m2", All(Person("Ann", null, ("Age", "31"))));

        var state = NodeState.Of(_memory.Graph, _memory.Graph.Nodes.Single());
        Assert.Equal("31", Assert.Single(state.Properties).Fact.Text);
        Assert.Equal("30", Assert.Single(state.Superseded).Older.Fact.Text);
        Assert.Equal(("30", "m1"), Contradicted(plan, "m2"));

        _memory.Delete("m2");
        state = NodeState.Of(_memory.Graph, _memory.Graph.Nodes.Single());
        Assert.Equal("30", Assert.Single(state.Properties).Fact.Text);
        Assert.Empty(state.Superseded);
    }

    [Fact]
    public void WhatIsSaidAgain_IsTheLastWord()
    {
        foreach (var (message, age) in new[] { ("m1", "30"), ("m2", "31"), ("m3", "30") })
            _memory.Learn(message, All(Person("Ann", null, ("age", age))));

        var state = NodeState.Of(_memory.Graph, _memory.Graph.Nodes.Single());
        Assert.Equal("30", Assert.Single(state.Properties).Fact.Text);
        Assert.Equal("31", Assert.Single(state.Superseded).Older.Fact.Text);
    }

    [Fact]
    public void WhoMoves_LivesThereNoLonger_AndBothAreKept()
    {
        _memory.Learn("m1", Home("Beijing", "lives in"));
        var plan = _memory.Learn("m2", Home("Shanghai", "moved to"));

        var edges = _memory.Graph.Edges.Select(edge => EdgeState.Of(_memory.Graph, edge)).ToDictionary(edge => edge.Type);
        Assert.Equal(edges["moved to"].Edge, edges["lives in"].SupersededBy);
        Assert.Null(edges["moved to"].SupersededBy);
        Assert.Single(plan.Relations);

        _memory.Delete("m2");
        Assert.Null(EdgeState.Of(_memory.Graph, _memory.Graph.Edges.Single()).SupersededBy);
    }

    [Fact]
    public void WhatOneMessageSaysTogether_DoesNotContradictItself_NorDoesWhatOneMayHaveSeveralOf()
    {
        _memory.Learn("m1", All(Person("Ann"), Thing("China", EntityType.Location), Thing("Beijing", EntityType.Location))
            .With(Relation("Ann", "lives in", "China"), Relation("Ann", "lives in", "Beijing"), Relation("Ann", "likes", "China")));
        _memory.Learn("m2", All(Thing("tea", EntityType.Concept)).With(Relation("Ann", "likes", "tea")));
        _memory.Learn("m3", All().With(Relation("ann", "resides in", "beijing"), Relation("ann", "lives in", "china")));

        Assert.All(_memory.Graph.Edges, edge => Assert.Null(EdgeState.Of(_memory.Graph, edge).SupersededBy));
    }

    [Fact]
    public void ARelation_FindsItsEnds_InTheMessageFirst_ThenInWhatIsKnown()
    {
        _memory.Learn("m1", All(Person("Ann"), Thing("Paris", EntityType.Person)));
        var plan = _memory.Learn("m2", All(Thing("Paris", EntityType.Location)).With(Relation("ANN", "visited", "paris")));

        Assert.Empty(plan.LeftOut);
        Assert.Equal("location", Assert.Single(plan.Relations).To.Type);
    }

    [Fact]
    public void WhatCannotBeStored_IsLeftOut_AndTheRestIsNot()
    {
        var plan = _memory.Learn("m1", All(Person(" \n"), Person(new string('x', 201)), Person("Ann")).With(
            Relation("Ann", "knows", "nobody"), Relation("Ann", "is", "ann"), Relation("Ann", " ", "Ann"), Relation("", "knows", "Ann")));

        Assert.Equal(
            ["invalid_name", "invalid_name", "unknown_end", "self_relation", "invalid_name", "unknown_end"],
            plan.LeftOut.Select(left => left.Reason));
        Assert.Single(_memory.Graph.Nodes);
        Assert.Empty(_memory.Graph.Edges);
    }

    [Fact]
    public void WhatIsTooLong_IsCutBetweenCharacters_AndWhatIsBadBecomesHarmless()
    {
        _memory.Learn("m1", All(Person(
            "A\u0000nn\ud800\n!", string.Concat(Enumerable.Repeat("🍕", 3_000)), ("a\tb", string.Concat(Enumerable.Repeat("🍕", 2_000))))
            with { Confidence = double.NaN }));

        var state = NodeState.Of(_memory.Graph, _memory.Graph.Nodes.Single());
        Assert.Equal("A\ufffdnn\ufffd !", state.Name);
        Assert.Equal(2_000, state.Descriptions[0].Fact.Text.EnumerateRunes().Count());
        Assert.Equal(1_000, state.Properties[0].Fact.Text.EnumerateRunes().Count());
        Assert.Equal("a b", state.Properties[0].Fact.Label);
        Assert.Equal(0, state.Names[0].First.Confidence);
    }

    [Fact]
    public void DeletingAMessage_TakesWhatOnlyItSaid_AndLeavesWhatOthersSaidToo()
    {
        _memory.Learn("m1", All(Person("Ann", "a doctor"), Thing("Rome", EntityType.Location)).With(Relation("Ann", "visited", "Rome")));
        _memory.Learn("m2", All(Person("Bob", "a baker")).With(Relation("Bob", "knows", "ann"), Relation("ann", "visited", "rome")));

        _memory.Delete("m1");

        var graph = _memory.Graph;
        Assert.Equal(["Ann", "Bob", "Rome"], graph.Nodes.Select(node => NodeState.Of(graph, node).Name).Order(StringComparer.Ordinal));
        Assert.Equal(2, graph.Edges.Count);
        Assert.Empty(NodeState.Of(graph, graph.FindNode(EntityType.Person, "ann")!).Descriptions);

        _memory.Delete("m2");
        Assert.Empty(_memory.Graph.Nodes);
    }

    [Fact]
    public void AnEmptyAnswer_ChangesNothing()
    {
        var plan = _memory.Learn("m1", All());

        Assert.Empty(plan.Added.Sources);
        Assert.Empty(plan.LeftOut);
    }

    private static Learned Home(string city, string type) =>
        All(Person("Ann"), Thing(city, EntityType.Location)).With(Relation("Ann", type, city));

    /// <summary>What the message is told to contradict, also when it is planned again after it was stored.</summary>
    private static (string Value, string MessageId) Contradicted(MergePlan plan, string message)
    {
        var before = new Memory();
        before.Learn("m1", All(Person("Ann", null, ("age", "30"))));
        var contradiction = Assert.Single(new Learnings(before.Graph, plan, message).Nodes().Single().Contradicts);
        return (contradiction.Value, contradiction.MessageId);
    }
}
