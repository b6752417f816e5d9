using Microsoft.EntityFrameworkCore;
using Runnel.Server.Knowledge.Graphs;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge.Reading;

/// <summary>The newest nodes, of some types or of all, and the edges between them.</summary>
internal sealed record GraphPage(IReadOnlyList<NodeItem> Nodes, IReadOnlyList<EdgeItem> Edges)
{
    public static async Task<GraphPage> ReadAsync(
        RunnelDbContext database,
        long digitalHumanId,
        IReadOnlyList<string> types,
        int limit,
        CancellationToken cancellationToken)
    {
        var nodes = await database.Set<KnowledgeNode>().AsNoTracking()
            .Where(node => node.DigitalHumanId == digitalHumanId && (types.Count == 0 || EF.Parameter(types).Contains(node.Type)))
            .OrderByDescending(node => node.CreatedAt).ThenByDescending(node => node.NodeId)
            .Take(limit).ToListAsync(cancellationToken);
        var ids = nodes.ConvertAll(node => node.NodeId);
        // Those that may have taken the place of one between these nodes are needed too.
        var edges = await database.Set<KnowledgeEdge>().AsNoTracking()
            .Where(edge => EF.Parameter(ids).Contains(edge.SourceId)
                && (edge.OneOf != null || EF.Parameter(ids).Contains(edge.TargetId)))
            .OrderByDescending(edge => edge.CreatedAt).ThenByDescending(edge => edge.EdgeId)
            .ToListAsync(cancellationToken);
        var graph = await GraphReader.ReadAllAsync(database, nodes, edges, cancellationToken);
        return new(
            [.. nodes.Select(node => NodeState.Of(graph, node.NodeId)).OfType<NodeState>().Select(node => NodeItem.Of(graph, node))],
            [.. edges.Where(edge => graph.Has(edge)
                    && graph.FindNode(edge.SourceId) is not null && graph.FindNode(edge.TargetId) is not null)
                .Select(edge => EdgeItem.Of(graph, EdgeState.Of(graph, edge)))]);
    }
}
