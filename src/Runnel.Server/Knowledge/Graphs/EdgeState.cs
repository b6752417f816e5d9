using Runnel.Server.Knowledge.Rows;

namespace Runnel.Server.Knowledge.Graphs;

/// <summary>What the facts of an edge, and of those that it may contradict, add up to.</summary>
internal sealed class EdgeState
{
    private EdgeState(KnowledgeEdge edge, List<SaidFact> relations) => (Edge, Relations) = (edge, relations);

    public KnowledgeEdge Edge { get; }

    /// <summary>The spellings of its type, the oldest first.</summary>
    public IReadOnlyList<SaidFact> Relations { get; }

    /// <summary>As it was spelled first.</summary>
    public string Type => Relations[0].Fact.Text;

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<SaidFact> Descriptions { get; init; }

    /// <summary>The edge that took its place; null while it holds.</summary>
    public required KnowledgeEdge? SupersededBy { get; init; }

    public static EdgeState Of(KnownGraph graph, KnowledgeEdge edge) => new(edge, graph.Of(edge.EdgeId, FactKinds.Relation))
    {
        Descriptions = [.. graph.Of(edge.EdgeId, FactKinds.Description).OrderByDescending(fact => fact.Newest.Id)],
        SupersededBy = Newer(graph, edge),
    };

    /// <summary>The last word on what a node has one of is the newest message's: what it says holds, all of it.</summary>
    private static KnowledgeEdge? Newer(KnownGraph graph, KnowledgeEdge edge)
    {
        if (edge.OneOf is not { } group)
            return null;
        var rivals = graph.OneOf(edge.SourceId, group).ToList();
        var newest = rivals.MaxBy(rival => Newest(graph, rival).Id)!;
        var message = Newest(graph, newest).MessageId;
        return rivals.Any(rival => rival.TargetId == edge.TargetId && Newest(graph, rival).MessageId == message) ? null : newest;
    }

    private static KnowledgeSource Newest(KnownGraph graph, KnowledgeEdge edge) =>
        graph.Of(edge.EdgeId, FactKinds.Relation).MaxBy(fact => fact.Newest.Id)!.Newest;
}
