using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge.Searching;

/// <summary>The search of SQLite: FTS5 and its bm25.</summary>
internal static class SqliteFactIndex
{
    /// <inheritdoc cref="FactIndex.FindAsync"/>
    public static async Task<List<Hit>> FindAsync(
        RunnelDbContext database,
        long digitalHumanId,
        IReadOnlyList<SearchTerm> terms,
        int limit,
        CancellationToken cancellationToken)
    {
        var rare = await RarestAsync(database, [.. terms.Select(Quoted)], cancellationToken);
        if (rare.Count == 0)
            return [];
        var match = string.Join(" OR ", rare);
        return await database.Database
            .SqlQuery<Hit>($"""
                select f.node_id as "NodeId", f.edge_id as "EdgeId", -h.score as "Score"
                from (select rowid as id, rank as score from knowledge_search
                      where knowledge_search match {match} order by rank limit {limit}) h
                join knowledge_facts f on f.id = h.id
                where f.digital_human_id = {digitalHumanId}
                """)
            .ToListAsync(cancellationToken);
    }

    private static async Task<List<string>> RarestAsync(
        RunnelDbContext database, IReadOnlyList<string> terms, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(terms);
        var counts = await database.Database
            .SqlQuery<TermCount>($"""
                select t.key as "Term",
                  (select count(*) from knowledge_search where knowledge_search match t.value) as "Facts"
                from json_each({json}) t
                """)
            .ToListAsync(cancellationToken);
        var (rarest, ranked) = (new List<string>(), 0L);
        foreach (var count in counts.Where(count => count.Facts > 0).OrderBy(count => count.Facts).Take(FactIndex.MaxTerms))
        {
            ranked += count.Facts;
            if (rarest.Count > 0 && ranked > FactIndex.MaxRanked)
                break;
            rarest.Add(terms[count.Term]);
        }

        return rarest;
    }

    /// <summary>In quotes nothing is syntax, and a token has no quote in it.</summary>
    private static string Quoted(SearchTerm term) => term.IsPrefix ? $"\"{term.Text}\"*" : $"\"{term.Text}\"";
}
