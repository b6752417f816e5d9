using Microsoft.EntityFrameworkCore;
using Runnel.Server.Hosting.Wording;
using Runnel.Server.Knowledge.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge.Searching;

/// <summary>Finds what a digital human knows that has to do with a text: by its words, and then by its neighbours in the graph.
/// Thread-safe.</summary>
internal sealed class KnowledgeSearch(IServiceScopeFactory scopes)
{
    /// <summary>Tokens of what surrounds a fact on its way into a model.</summary>
    public const int TokensAround = 16;

    private const int MaxHits = 120;
    private const int MaxFacts = 64;

    /// <summary>What fits best, the best first; empty when nothing has to do with the text.</summary>
    /// <param name="digitalHumanId">Whose knowledge.</param>
    /// <param name="text">Whatever somebody said; nothing in it is syntax.</param>
    /// <param name="tokens">How much may be found, estimated: of each fact its text and <see cref="TokensAround"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<KnownFact>> FindAsync(
        long digitalHumanId, string text, int tokens, CancellationToken cancellationToken)
    {
        var terms = SearchTerms.Of(digitalHumanId, text);
        if (terms.Count == 0 || tokens <= TokensAround)
            return [];
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        // Once for all that is asked here: each opening sets the connection up anew.
        await database.Database.OpenConnectionAsync(cancellationToken);
        var hits = await FactIndex.FindAsync(database, digitalHumanId, terms, MaxHits, cancellationToken);
        if (hits.Count == 0)
            return [];
        var ranking = new Ranking(hits);
        var edges = await Neighbourhood.ReadAsync(database, hits, ranking, cancellationToken);
        ranking.Reach(edges);
        var nodes = hits.Select(hit => hit.NodeId).OfType<string>().Distinct().Concat(ranking.Reached);
        var best = nodes.Select(id => (Id: id, Edge: (KnowledgeEdge?)null, Score: ranking.Of(id)))
            .Concat(edges.Select(edge => (Id: edge.EdgeId, Edge: (KnowledgeEdge?)edge, Score: ranking.Of(edge))))
            .OrderByDescending(found => found.Score).ThenBy(found => found.Id, StringComparer.Ordinal)
            .Take(Math.Min(MaxFacts, tokens / TokensAround)).ToList();
        var facts = await KnownFacts.WordAsync(database, best.ConvertAll(found => (found.Id, found.Edge)), cancellationToken);
        return Fit(facts, tokens);
    }

    /// <summary>One that is too long for what is left does not keep out shorter ones behind it.</summary>
    private static List<KnownFact> Fit(List<KnownFact> facts, long tokens)
    {
        var fitting = new List<KnownFact>();
        foreach (var fact in facts)
        {
            var cost = TokenEstimate.Of(fact.Text) + TokensAround;
            if (cost > tokens)
                continue;
            tokens -= cost;
            fitting.Add(fact);
        }

        return fitting;
    }
}
