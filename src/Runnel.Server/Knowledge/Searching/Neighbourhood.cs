using Microsoft.EntityFrameworkCore;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge.Searching;

/// <summary>The edges around what was found.</summary>
internal static class Neighbourhood
{
    private const int MaxSeeds = 16;
    private const int MaxEdges = 200;

    /// <summary>Whoever has to do with more says nothing about what was asked.</summary>
    private const int MaxDegree = 8;

    /// <summary>Those that were found, those of the best nodes, and those of what the best edges lead to.</summary>
    public static async Task<List<KnowledgeEdge>> ReadAsync(
        RunnelDbContext database, List<Hit> hits, Ranking ranking, CancellationToken cancellationToken)
    {
        var all = database.Set<KnowledgeEdge>().AsNoTracking();
        var ids = hits.Select(hit => hit.EdgeId).OfType<string>().Distinct().ToList();
        var nodes = hits.Select(hit => hit.NodeId).OfType<string>().ToHashSet();
        var edges = ids.Count == 0
            ? []
            : await all.Where(edge => EF.Parameter(ids).Contains(edge.EdgeId)).ToListAsync(cancellationToken);
        var ends = await LeadsToAsync(database, [.. edges.OrderByDescending(ranking.Of).Take(MaxSeeds)], cancellationToken);
        var seeds = ranking.Found.Where(nodes.Contains).Take(MaxSeeds).Union(ends).ToList();
        if (seeds.Count > 0)
        {
            // Between two that were found; and, since somebody may have to do with all the rest, the newest others.
            var others = nodes.ToList();
            edges.AddRange(await all
                .Where(edge => EF.Parameter(seeds).Contains(edge.SourceId) && EF.Parameter(others).Contains(edge.TargetId))
                .ToListAsync(cancellationToken));
            edges.AddRange(await all
                .Where(edge => EF.Parameter(seeds).Contains(edge.SourceId) || EF.Parameter(seeds).Contains(edge.TargetId))
                .OrderByDescending(edge => edge.CreatedAt).Take(MaxEdges).ToListAsync(cancellationToken));
        }

        return [.. edges.DistinctBy(edge => edge.EdgeId)];
    }

    /// <summary>Of each edge the end that has to do with less: who asks for a sister means her, and not all that her brother has
    /// to do with.</summary>
    private static async Task<IEnumerable<string>> LeadsToAsync(
        RunnelDbContext database, List<KnowledgeEdge> edges, CancellationToken cancellationToken)
    {
        if (edges.Count == 0)
            return [];
        var ids = edges.SelectMany(edge => new[] { edge.SourceId, edge.TargetId }).Distinct().ToList();
        var all = database.Set<KnowledgeEdge>();
        var degrees = await database.Set<KnowledgeNode>()
            .Where(node => EF.Parameter(ids).Contains(node.NodeId))
            .Select(node => new
            {
                node.NodeId,
                Edges = all.Count(edge => edge.SourceId == node.NodeId) + all.Count(edge => edge.TargetId == node.NodeId),
            })
            .ToDictionaryAsync(node => node.NodeId, node => node.Edges, cancellationToken);
        return edges
            .Select(edge => Degree(edge.TargetId) <= Degree(edge.SourceId) ? edge.TargetId : edge.SourceId)
            .Where(end => Degree(end) <= MaxDegree);

        int Degree(string id) => degrees.GetValueOrDefault(id);
    }
}
