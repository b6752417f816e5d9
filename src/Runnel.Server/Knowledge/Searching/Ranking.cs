using Runnel.Server.Knowledge.Rows;

namespace Runnel.Server.Knowledge.Searching;

/// <summary>What counts how much: a node its hits, an edge its own and half of what its ends have, one that leads to something
/// else that fits before one that does not; and what was only reached from there a half of that.</summary>
internal sealed class Ranking
{
    /// <summary>What a hit adds beside a better one of the same node: much said of it is not much that fits.</summary>
    private const double Further = 0.25;

    private const double OfAnEnd = 0.5;

    private readonly Dictionary<string, double> _hits;
    private readonly Dictionary<string, double> _reached = [];

    public Ranking(IEnumerable<Hit> hits) => _hits = hits
        .GroupBy(hit => hit.About)
        .ToDictionary(found => found.Key, found => (found.Max(hit => hit.Score) * (1 - Further)) + (found.Sum(hit => hit.Score) * Further));

    /// <summary>What was found itself, the best first.</summary>
    public IEnumerable<string> Found =>
        _hits.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key);

    /// <summary>Nodes that were not found themselves, at the ends of edges that count.</summary>
    public IEnumerable<string> Reached => _reached.Keys;

    public double Of(string id) => _hits.TryGetValue(id, out var hit) ? hit : _reached.GetValueOrDefault(id);

    public double Of(KnowledgeEdge edge) => _hits.GetValueOrDefault(edge.EdgeId) + (OfAnEnd * (Of(edge.SourceId) + Of(edge.TargetId)));

    /// <summary>What is at the ends of these edges counts from now on.</summary>
    public void Reach(IReadOnlyCollection<KnowledgeEdge> edges)
    {
        // All of them as they are now: none is to count more because of what another has reached.
        var ends = edges.Select(edge => (edge, Score: OfAnEnd * Of(edge))).ToList();
        foreach (var (edge, score) in ends)
        {
            foreach (var end in new[] { edge.SourceId, edge.TargetId }.Where(end => !_hits.ContainsKey(end)))
                _reached[end] = Math.Max(score, _reached.GetValueOrDefault(end));
        }
    }
}
