using Runnel.Server.Hosting.Wording;
using Runnel.Server.Knowledge.Graphs;

namespace Runnel.Server.Knowledge.Searching;

/// <summary>Says in words what is known of a node or an edge.</summary>
internal static class FactText
{
    /// <summary>How many descriptions are given, the newest of them.</summary>
    private const int Descriptions = 3;

    public static KnownFact Of(NodeState node)
    {
        var parts = new List<string>();
        if (node.Descriptions.Count > 0)
            parts.Add(string.Join(" ", node.Descriptions.Take(Descriptions).Select(fact => OneLine.Of(fact.Fact.Text))));
        parts.AddRange(node.Properties.Select(fact => Property(node, fact)));
        var head = $"{node.Name} ({node.Node.Type})";
        var newest = node.Names.Concat(node.Descriptions).Concat(node.Properties).MaxBy(fact => fact.Newest.Id)!.Newest;
        var text = parts.Count == 0 ? head : $"{head}: {string.Join("; ", parts)}";
        return new KnownFact(node.Node.NodeId, KnowledgeKind.Node, node.Name, node.Node.Type, text, newest.MessageId);
    }

    public static KnownFact Of(EdgeState edge, string source, string target)
    {
        var name = $"{source} — {edge.Type} → {target}";
        var description = edge.Descriptions is [var newest, ..] ? $": {OneLine.Of(newest.Fact.Text)}" : "";
        var outdated = edge.SupersededBy is null ? "" : " (no longer so)";
        var said = edge.Relations.Concat(edge.Descriptions).MaxBy(fact => fact.Newest.Id)!.Newest;
        return new KnownFact(
            edge.Edge.EdgeId, KnowledgeKind.Edge, name, edge.Type, name + outdated + description, said.MessageId);
    }

    /// <summary>With the value that it had before, of several the newest of them.</summary>
    private static string Property(NodeState node, SaidFact fact)
    {
        var before = node.Superseded.Where(older => older.Newer == fact).MaxBy(older => older.Older.Newest.Id)?.Older.Fact.Text;
        var said = $"{fact.Fact.Label}: {OneLine.Of(fact.Fact.Text)}";
        return before is null ? said : $"{said} (before: {OneLine.Of(before)})";
    }
}
