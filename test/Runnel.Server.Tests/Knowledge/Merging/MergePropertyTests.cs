using FsCheck;
using FsCheck.Fluent;
using Runnel.Server.Knowledge.Learning;
using static Runnel.Server.Tests.Knowledge.Said;

namespace Runnel.Server.Tests.Knowledge.Merging;

/// <summary>What holds whatever is learned, from few names so that much meets.</summary>
public class MergePropertyTests
{
    private static readonly string[] Names = ["Ann", "ANN", "ａｎｎ", "Bob", "bob.", "北京", "北 京", "《北京》", "C++", "C", "🍕", " ", ""];
    private static readonly string[] Types = ["lives in", "livesIn", "moved to", "likes", "knows", "住在", ""];
    private static readonly string[] Values = ["1", "2", " 1 ", "one", ""];

    [Fact]
    public void LearningTheSameAgain_AddsNothing() => Check(messages =>
    {
        // Whose ends are its own: an end that was unknown may be known by now.
        var whole = messages.Select(SelfContained).ToArray();
        var memory = Learn(whole);
        for (var i = 0; i < whole.Length; i++)
        {
            var again = memory.Learn($"m{i}", whole[i]);
            Assert.Empty(again.Added.Nodes);
            Assert.Empty(again.Added.Edges);
            Assert.Empty(again.Added.Facts);
            Assert.Empty(again.Added.Sources);
        }
    });

    [Fact]
    public void WhichMessageCameFirst_ChangesNothing_ButWhatIsSuperseded() => Check(messages =>
    {
        var whole = messages.Select(SelfContained).ToArray();
        var (there, back) = (new Memory(), new Memory());
        for (var i = 0; i < whole.Length; i++)
            there.Learn($"m{i}", whole[i]);
        for (var i = whole.Length - 1; i >= 0; i--)
            back.Learn($"m{i}", whole[i]);

        Assert.Equal(there.DescribeUnordered(), back.DescribeUnordered());
    });

    [Fact]
    public void AMessageThatIsDeleted_IsAsIfItHadNeverBeen() => Check(messages =>
    {
        var whole = messages.Select(SelfContained).ToArray();
        for (var deleted = 0; deleted < whole.Length; deleted++)
        {
            var (memory, without) = (new Memory(), new Memory());
            for (var i = 0; i < whole.Length; i++)
            {
                memory.Learn($"m{i}", whole[i]);
                if (i != deleted)
                    without.Learn($"m{i}", whole[i]);
            }

            memory.Delete($"m{deleted}");

            Assert.Equal(without.Describe(), memory.Describe());
            Assert.Equal(without.DescribeUnordered(), memory.DescribeUnordered());
        }
    });

    [Fact]
    public void AllMessagesDeleted_NothingIsLeft_InWhateverOrder() => Check(messages =>
    {
        var memory = Learn(messages);
        foreach (var i in Enumerable.Range(0, messages.Length).OrderBy(i => i % 3))
            memory.Delete($"m{i}");

        Assert.Empty(memory.DescribeUnordered());
    });

    [Fact]
    public void OfEveryProperty_OneValueHolds_AndAllOthersAreSuperseded() => Check(messages =>
    {
        var graph = Learn(messages).Graph;
        foreach (var state in graph.Nodes.Select(node => Runnel.Server.Knowledge.Graphs.NodeState.Of(graph, node)))
        {
            Assert.Distinct(state.Properties.Select(fact => fact.Fact.LabelKey));
            Assert.All(state.Superseded, fact => Assert.True(fact.Newer.Newest.Id > fact.Older.Newest.Id));
            Assert.Equal(
                graph.Of(state.Node.NodeId).Count(fact => fact.Fact.Kind == "property"),
                state.Properties.Count + state.Superseded.Count);
        }
    });

    private static Memory Learn(Learned[] messages)
    {
        var memory = new Memory();
        for (var i = 0; i < messages.Length; i++)
            memory.Learn($"m{i}", messages[i]);
        return memory;
    }

    /// <summary>With every end among its own entities, so that it means the same whatever was known.</summary>
    private static Learned SelfContained(Learned learned) => learned with
    {
        Entities =
        [
            .. learned.Entities,
            .. learned.Relations.SelectMany(relation => new[] { relation.Source, relation.Target }).Select(name => Person(name)),
        ],
    };

    private static void Check(Action<Learned[]> holds) => Prop
        .ForAll(Message().ArrayOf().ToArbitrary(), messages => holds(messages))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(12));

    private static Gen<Learned> Message() =>
        from entities in Entity().ArrayOf()
        from relations in Relation().ArrayOf()
        select new Learned(entities, relations);

    private static Gen<LearnedEntity> Entity() =>
        from name in Gen.Elements(Names)
        from type in Gen.Elements(EntityType.Person, EntityType.Location)
        from description in Gen.Elements<string?>(null, "A friend.", "a friend", "Far away")
        from label in Gen.Elements("age", "Age", "colour")
        from value in Gen.Elements(Values)
        select Thing(name, type, description, (label, value));

    private static Gen<LearnedRelation> Relation() =>
        from source in Gen.Elements(Names)
        from type in Gen.Elements(Types)
        from target in Gen.Elements(Names)
        from description in Gen.Elements<string?>(null, "so they say")
        select Said.Relation(source, type, target, description);
}
