using Runnel.Server.Knowledge.Rows;

namespace Runnel.Server.Knowledge.Searching;

/// <summary>What counts how much: a node its hits, an edge its own and half of what its ends have, one that leads to something
/// else that fits before one that does not.</summary>
internal sealed class Ranking
{
    /// <summary>What a hit adds beside a better one of the same node: much said of it is not much that fits.</summary>
    private const double Further = 0.25;

    private const double OfAnEnd = 0.5;

    private readonly Dictionary<string, double> _hits;

    public Ranking(IEnumerable<Hit> hits) => _hits = hits
        .GroupBy(hit => hit.About)
        .ToDictionary(found => found.Key, found => (found.Max(hit => hit.Score) * (1 - Further)) + (found.Sum(hit => hit.Score) * Further));

    /// <summary>What was found itself, the best first.</summary>
    public IEnumerable<string> Found =>
        _hits.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key);

    public double Of(string id) => _hits.GetValueOrDefault(id);

    public double Of(KnowledgeEdge edge) => Of(edge.EdgeId) + (OfAnEnd * (Of(edge.SourceId) + Of(edge.TargetId)));
}
