using Microsoft.EntityFrameworkCore;
using Runnel.Server.Knowledge.Graphs;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge.Reading;

/// <summary>Tells what was learned from messages, for the history of a training. What was forgotten is not there any more.</summary>
internal static class KnowledgeOfMessages
{
    /// <param name="database">Where it is.</param>
    /// <param name="digitalHumanId">Whose knowledge.</param>
    /// <param name="messageIds">The messages of one page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>By message; a message that nothing was learned from is not in it.</returns>
    public static async Task<IReadOnlyDictionary<string, LearnedFromMessage>> ReadAsync(
        RunnelDbContext database, long digitalHumanId, IReadOnlyList<string> messageIds, CancellationToken cancellationToken)
    {
        var said = await (
            from source in database.Set<KnowledgeSource>().AsNoTracking()
            join fact in database.Set<KnowledgeFact>().AsNoTracking() on source.FactId equals fact.FactId
            where source.DigitalHumanId == digitalHumanId && EF.Parameter(messageIds).Contains(source.MessageId)
            orderby source.Id
            select new { source.MessageId, fact.NodeId, fact.EdgeId }).ToListAsync(cancellationToken);
        var edgeIds = said.Select(row => row.EdgeId).OfType<string>().Distinct().ToList();
        var nodeIds = said.Select(row => row.NodeId).OfType<string>().Distinct().ToList();
        var edges = await database.Set<KnowledgeEdge>().AsNoTracking()
            .Where(edge => EF.Parameter(edgeIds).Contains(edge.EdgeId)).ToListAsync(cancellationToken);
        var nodes = await database.Set<KnowledgeNode>().AsNoTracking()
            .Where(node => EF.Parameter(nodeIds).Contains(node.NodeId)).ToListAsync(cancellationToken);
        var graph = await GraphReader.ReadAsync(database, nodes, edges, null, cancellationToken);
        return said.GroupBy(row => row.MessageId).ToDictionary(rows => rows.Key, rows => new LearnedFromMessage(
            [.. rows.Select(row => row.NodeId).OfType<string>().Distinct().Select(id => NodeState.Of(graph, id)).OfType<NodeState>()
                .Select(node => new NodeName(node.Node.NodeId, node.Name, node.Node.Type))],
            [.. edges.Where(edge => graph.Has(edge) && rows.Any(row => row.EdgeId == edge.EdgeId))
                .Select(edge => new EdgeName(edge.EdgeId, edge.SourceId, edge.TargetId, EdgeState.Of(graph, edge).Type))]));
    }
}
