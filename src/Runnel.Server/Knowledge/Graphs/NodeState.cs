using Runnel.Server.Knowledge.Rows;

namespace Runnel.Server.Knowledge.Graphs;

/// <summary>What the facts of a node add up to: nothing of it is stored, so that it is right again when a message goes.</summary>
internal sealed class NodeState
{
    private NodeState(KnowledgeNode node, List<SaidFact> names) => (Node, Names) = (node, names);

    public KnowledgeNode Node { get; }

    /// <summary>Its spellings, the oldest first.</summary>
    public IReadOnlyList<SaidFact> Names { get; }

    /// <summary>As it was spelled first.</summary>
    public string Name => Names[0].Fact.Text;

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<SaidFact> Descriptions { get; init; }

    /// <summary>The value of each property that was said last, in the order in which they were learned.</summary>
    public required IReadOnlyList<SaidFact> Properties { get; init; }

    public required IReadOnlyList<SupersededFact> Superseded { get; init; }

    /// <summary>Null when it is not known any more.</summary>
    public static NodeState? Of(KnownGraph graph, string nodeId) =>
        graph.FindNode(nodeId) is { } node ? Of(graph, node) : null;

    public static NodeState Of(KnownGraph graph, KnowledgeNode node)
    {
        var properties = graph.Of(node.NodeId, FactKinds.Property)
            .GroupBy(fact => fact.Fact.LabelKey)
            .Select(values => values.OrderByDescending(fact => fact.Newest.Id).ToList())
            .ToList();
        return new(node, graph.Of(node.NodeId, FactKinds.Name))
        {
            Descriptions = [.. graph.Of(node.NodeId, FactKinds.Description).OrderByDescending(fact => fact.Newest.Id)],
            Properties = properties.ConvertAll(values => values[0]),
            Superseded = [.. properties.SelectMany(values => values.Skip(1).Select(older => new SupersededFact(older, values[0])))],
        };
    }
}
