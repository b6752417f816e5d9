using Microsoft.EntityFrameworkCore;
using Runnel.Server.Knowledge.Graphs;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge.Searching;

/// <summary>Puts nodes and edges into words, as they are known now.</summary>
internal static class KnownFacts
{
    /// <summary>Those of these ids, in no order; what was forgotten, or is another's, is passed over.</summary>
    public static async Task<List<KnownFact>> ReadAsync(
        RunnelDbContext database, long digitalHumanId, List<string> ids, CancellationToken cancellationToken)
    {
        var nodes = await database.Set<KnowledgeNode>().AsNoTracking()
            .Where(node => node.DigitalHumanId == digitalHumanId && EF.Parameter(ids).Contains(node.NodeId))
            .Select(node => node.NodeId).ToListAsync(cancellationToken);
        var edges = await database.Set<KnowledgeEdge>().AsNoTracking()
            .Where(edge => edge.DigitalHumanId == digitalHumanId && EF.Parameter(ids).Contains(edge.EdgeId))
            .ToListAsync(cancellationToken);
        return await WordAsync(
            database,
            [.. nodes.Select(id => (id, (KnowledgeEdge?)null)), .. edges.Select(edge => (edge.EdgeId, (KnowledgeEdge?)edge))],
            cancellationToken);
    }

    /// <summary>In the same order; what was forgotten meanwhile is passed over.</summary>
    public static async Task<List<KnownFact>> WordAsync(
        RunnelDbContext database, List<(string Id, KnowledgeEdge? Edge)> found, CancellationToken cancellationToken)
    {
        var edges = found.Select(one => one.Edge).OfType<KnowledgeEdge>().ToList();
        var sources = edges.Where(edge => edge.OneOf is not null).Select(edge => edge.SourceId).Distinct().ToList();
        var rivals = await database.Set<KnowledgeEdge>().AsNoTracking()
            .Where(edge => EF.Parameter(sources).Contains(edge.SourceId) && edge.OneOf != null).ToListAsync(cancellationToken);
        var nodeIds = found.Where(one => one.Edge is null).Select(one => one.Id)
            .Concat(edges.SelectMany(edge => new[] { edge.SourceId, edge.TargetId })).Distinct().ToList();
        var nodes = await database.Set<KnowledgeNode>().AsNoTracking()
            .Where(node => EF.Parameter(nodeIds).Contains(node.NodeId)).ToListAsync(cancellationToken);
        var graph = await GraphReader.ReadAsync(
            database, nodes, [.. edges.Concat(rivals).DistinctBy(edge => edge.EdgeId)], null, cancellationToken);
        return [.. found.Select(one => one.Edge is null ? Word(graph, one.Id) : Word(graph, one.Edge)).OfType<KnownFact>()];
    }

    private static KnownFact? Word(KnownGraph graph, string nodeId) =>
        NodeState.Of(graph, nodeId) is { } node ? FactText.Of(node) : null;

    private static KnownFact? Word(KnownGraph graph, KnowledgeEdge edge) =>
        graph.Has(edge) && NodeState.Of(graph, edge.SourceId) is { } source && NodeState.Of(graph, edge.TargetId) is { } target
            ? FactText.Of(EdgeState.Of(graph, edge), source.Name, target.Name)
            : null;
}
