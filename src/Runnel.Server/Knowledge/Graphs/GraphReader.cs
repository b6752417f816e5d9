using Microsoft.EntityFrameworkCore;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge.Graphs;

/// <summary>Reads what is known of some nodes and edges.</summary>
internal static class GraphReader
{
    /// <summary>With the first and the newest source of each fact, and those of one message: what the rest says changes nothing.</summary>
    public static async Task<KnownGraph> ReadAsync(
        RunnelDbContext database,
        IReadOnlyCollection<KnowledgeNode> nodes,
        IReadOnlyCollection<KnowledgeEdge> edges,
        string? messageId,
        CancellationToken cancellationToken)
    {
        var facts = await FactsAsync(database, nodes, edges, cancellationToken);
        var all = SourcesOf(database, facts);
        var ends = await all.GroupBy(source => source.FactId)
            .Select(sources => new { First = sources.Min(source => source.Id), Newest = sources.Max(source => source.Id) })
            .ToListAsync(cancellationToken);
        var ids = ends.SelectMany(end => new[] { end.First, end.Newest }).Distinct().ToList();
        var sources = await database.Set<KnowledgeSource>().AsNoTracking()
            .Where(source => EF.Parameter(ids).Contains(source.Id)).ToListAsync(cancellationToken);
        if (messageId is not null)
            sources.AddRange(await all.Where(source => source.MessageId == messageId).ToListAsync(cancellationToken));
        return new KnownGraph(nodes, edges, facts, sources.DistinctBy(source => source.Id));
    }

    /// <summary>With every source.</summary>
    public static async Task<KnownGraph> ReadAllAsync(
        RunnelDbContext database,
        IReadOnlyCollection<KnowledgeNode> nodes,
        IReadOnlyCollection<KnowledgeEdge> edges,
        CancellationToken cancellationToken)
    {
        var facts = await FactsAsync(database, nodes, edges, cancellationToken);
        return new KnownGraph(nodes, edges, facts, await SourcesOf(database, facts).ToListAsync(cancellationToken));
    }

    private static async Task<List<KnowledgeFact>> FactsAsync(
        RunnelDbContext database,
        IReadOnlyCollection<KnowledgeNode> nodes,
        IReadOnlyCollection<KnowledgeEdge> edges,
        CancellationToken cancellationToken)
    {
        var (nodeIds, edgeIds) = (nodes.Select(node => node.NodeId).ToList(), edges.Select(edge => edge.EdgeId).ToList());
        var all = database.Set<KnowledgeFact>().AsNoTracking();
        return
        [
            .. await all.Where(fact => EF.Parameter(nodeIds).Contains(fact.NodeId!)).ToListAsync(cancellationToken),
            .. await all.Where(fact => EF.Parameter(edgeIds).Contains(fact.EdgeId!)).ToListAsync(cancellationToken),
        ];
    }

    private static IQueryable<KnowledgeSource> SourcesOf(RunnelDbContext database, List<KnowledgeFact> facts)
    {
        var ids = facts.ConvertAll(fact => fact.FactId);
        return database.Set<KnowledgeSource>().AsNoTracking().Where(source => EF.Parameter(ids).Contains(source.FactId));
    }
}
