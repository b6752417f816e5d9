using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge.Searching;

/// <summary>The one place that knows how the database searches the column of tokens: here FTS5 of SQLite, and its bm25.</summary>
internal static class FactIndex
{
    /// <summary>The facts that have any of the terms, the best first.</summary>
    public static Task<List<Hit>> FindAsync(
        RunnelDbContext database,
        long digitalHumanId,
        IReadOnlyList<SearchTerm> terms,
        int limit,
        CancellationToken cancellationToken)
    {
        var match = string.Join(" OR ", terms.Select(Quoted));
        return database.Database
            .SqlQuery<Hit>($"""
                select f.node_id as "NodeId", f.edge_id as "EdgeId", -h.score as "Score"
                from (select rowid as id, rank as score from knowledge_search
                      where knowledge_search match {match} order by rank limit {limit}) h
                join knowledge_facts f on f.id = h.id
                where f.digital_human_id = {digitalHumanId}
                """)
            .ToListAsync(cancellationToken);
    }

    /// <summary>In quotes nothing is syntax, and a token has no quote in it.</summary>
    private static string Quoted(SearchTerm term) => term.IsPrefix ? $"\"{term.Text}\"*" : $"\"{term.Text}\"";
}
