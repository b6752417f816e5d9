using Runnel.Server.Knowledge.Graphs;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Merging;
using Runnel.Server.Knowledge.Rows;

namespace Runnel.Server.Tests.Knowledge.Merging;

/// <summary>What is known, in memory: plans are carried out as the database does it, its constraints included.</summary>
internal sealed class Memory
{
    private readonly List<KnowledgeNode> _nodes = [];
    private readonly List<KnowledgeEdge> _edges = [];
    private readonly List<KnowledgeFact> _facts = [];
    private readonly List<KnowledgeSource> _sources = [];

    public KnownGraph Graph => new(_nodes, _edges, _facts, _sources);

    public static Provenance From(string message) => new(1, message, "round of " + message, DateTimeOffset.UnixEpoch);

    public MergePlan Learn(string message, Learned learned)
    {
        var plan = MergePlan.Of(Graph, From(message), learned);
        _nodes.AddRange(plan.Added.Nodes);
        _edges.AddRange(plan.Added.Edges);
        _facts.AddRange(plan.Added.Facts);
        foreach (var source in plan.Added.Sources)
            _sources.Add(Numbered(source, _sources.Count + 1));
        AssertSound();
        return plan;
    }

    /// <summary>As the statements of <see cref="KnowledgeRows.DeleteLearnedFrom"/>.</summary>
    public void Delete(string message)
    {
        _sources.RemoveAll(source => source.MessageId == message);
        _facts.RemoveAll(fact => !_sources.Exists(source => source.FactId == fact.FactId));
        _edges.RemoveAll(edge => !_facts.Exists(fact => fact.EdgeId == edge.EdgeId));
        _nodes.RemoveAll(node => !_facts.Exists(fact => fact.NodeId == node.NodeId));
        AssertSound();
    }

    /// <summary>All that is known, without ids and order: two that are equal know the same.</summary>
    public IReadOnlyList<string> Describe()
    {
        var graph = Graph;
        var nodes = graph.Nodes.Select(node => NodeState.Of(graph, node)).Select(node =>
            $"{node.Node.Type} {node.Node.NameKey}: {Words(node.Names.Concat(node.Descriptions))} | {Words(node.Properties)}"
            + $" | {Words(node.Superseded.Select(fact => fact.Older))}");
        var edges = graph.Edges.Select(edge => EdgeState.Of(graph, edge)).Select(edge =>
            $"{Key(graph, edge.Edge.SourceId)} {edge.Edge.TypeKey} {Key(graph, edge.Edge.TargetId)}: {Words(edge.Descriptions)}"
            + $" | {(edge.SupersededBy is null ? "holds" : "superseded")}");
        return [.. nodes.Concat(edges).Order(StringComparer.Ordinal)];
    }

    /// <summary>The same without what depends on which of two was said last.</summary>
    public IReadOnlyList<string> DescribeUnordered() =>
    [
        .. _facts.Select(fact =>
            $"{Key(Graph, fact.About)} {fact.Kind} {fact.LabelKey} {fact.TextKey} from "
            + string.Join(',', _sources.Where(source => source.FactId == fact.FactId).Select(source => source.MessageId)
                .Order(StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];

    private static string Key(KnownGraph graph, string id) =>
        graph.FindNode(id) is { } node ? $"{node.Type} {node.NameKey}" : Key(graph.Edges.First(edge => edge.EdgeId == id), graph);

    private static string Key(KnowledgeEdge edge, KnownGraph graph) =>
        $"({Key(graph, edge.SourceId)} {edge.TypeKey} {Key(graph, edge.TargetId)})";

    private static string Words(IEnumerable<SaidFact> facts) => string.Join(", ", facts
        .Select(fact => $"{fact.Fact.Kind} {fact.Fact.LabelKey}={fact.Fact.TextKey}").Order(StringComparer.Ordinal));

    /// <summary>What the constraints of the tables, and the joins on them, stand on.</summary>
    private void AssertSound()
    {
        Assert.Distinct(_nodes.Select(node => node.NodeId));
        Assert.Distinct(_nodes.Select(node => (node.Type, node.NameKey)));
        Assert.Distinct(_edges.Select(edge => edge.EdgeId));
        Assert.Distinct(_edges.Select(edge => (edge.SourceId, edge.TargetId, edge.TypeKey)));
        Assert.Distinct(_facts.Select(fact => fact.FactId));
        Assert.Distinct(_facts.Select(fact => (fact.About, fact.Kind, fact.LabelKey, fact.TextKey)));
        Assert.Distinct(_sources.Select(source => (source.FactId, source.MessageId)));
        Assert.All(_edges, edge => Assert.True(Has(edge.SourceId) && Has(edge.TargetId), "An edge has lost its node."));
        Assert.All(_edges, edge => Assert.Contains(_facts, fact => fact.EdgeId == edge.EdgeId && fact.Kind == FactKinds.Relation));
        Assert.All(_nodes, node => Assert.Contains(_facts, fact => fact.NodeId == node.NodeId && fact.Kind == FactKinds.Name));
        Assert.All(_facts, fact => Assert.Contains(_sources, source => source.FactId == fact.FactId));
    }

    private bool Has(string nodeId) => _nodes.Exists(node => node.NodeId == nodeId);

    private static KnowledgeSource Numbered(KnowledgeSource source, long id) => new()
    {
        Id = id,
        FactId = source.FactId,
        DigitalHumanId = source.DigitalHumanId,
        MessageId = source.MessageId,
        RoundId = source.RoundId,
        Confidence = source.Confidence,
        LearnedAt = source.LearnedAt,
    };
}
