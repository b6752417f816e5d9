using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Rows;

namespace Runnel.Server.Knowledge.Graphs;

/// <summary>Nodes and edges, or some of them, with what is known of them. What lost its last source meanwhile, and what lost its
/// node, is not there.</summary>
internal sealed class KnownGraph
{
    private readonly Dictionary<string, KnowledgeNode> _nodes;
    private readonly Dictionary<(string, string), KnowledgeNode> _byName;
    private readonly Dictionary<string, KnowledgeEdge> _edges;
    private readonly ILookup<string, SaidFact> _facts;
    private readonly ILookup<string, KnowledgeEdge> _bySource;

    public KnownGraph(
        IEnumerable<KnowledgeNode> nodes,
        IEnumerable<KnowledgeEdge> edges,
        IEnumerable<KnowledgeFact> facts,
        IEnumerable<KnowledgeSource> sources)
    {
        var said = sources.OrderBy(source => source.Id).ToLookup(source => source.FactId);
        _facts = facts.Where(fact => said.Contains(fact.FactId))
            .Select(fact => new SaidFact(fact, [.. said[fact.FactId]]))
            .ToLookup(fact => fact.Fact.About);
        _nodes = nodes.Where(node => _facts[node.NodeId].Any(IsName)).ToDictionary(node => node.NodeId);
        _byName = _nodes.Values.ToDictionary(node => (node.Type, node.NameKey));
        _edges = edges.Where(edge => _facts[edge.EdgeId].Any(IsRelation)).ToDictionary(edge => edge.EdgeId);
        _bySource = _edges.Values.ToLookup(edge => edge.SourceId);
    }

    public static KnownGraph Empty { get; } = new([], [], [], []);

    public IReadOnlyCollection<KnowledgeNode> Nodes => _nodes.Values;

    public IReadOnlyCollection<KnowledgeEdge> Edges => _edges.Values;

    public KnowledgeNode? FindNode(string nodeId) => _nodes.GetValueOrDefault(nodeId);

    public KnowledgeNode? FindNode(EntityType type, string nameKey) =>
        _byName.GetValueOrDefault((type.Word(), nameKey));

    public KnowledgeEdge? FindEdge(string sourceId, string targetId, string typeKey) =>
        _bySource[sourceId].FirstOrDefault(edge => edge.TargetId == targetId && edge.TypeKey == typeKey);

    public bool Has(KnowledgeEdge edge) => _edges.ContainsKey(edge.EdgeId);

    /// <summary>The edges of which a node has one at a time.</summary>
    public IEnumerable<KnowledgeEdge> OneOf(string sourceId, string group) =>
        _bySource[sourceId].Where(edge => edge.OneOf == group);

    /// <summary>What is known of a node or an edge.</summary>
    public IEnumerable<SaidFact> Of(string about) => _facts[about];

    /// <summary>The same of one kind, the oldest first.</summary>
    public List<SaidFact> Of(string about, string kind) =>
        [.. _facts[about].Where(fact => fact.Fact.Kind == kind).OrderBy(fact => fact.First.Id)];

    private static bool IsName(SaidFact fact) => fact.Fact.Kind == FactKinds.Name;

    private static bool IsRelation(SaidFact fact) => fact.Fact.Kind == FactKinds.Relation;
}
