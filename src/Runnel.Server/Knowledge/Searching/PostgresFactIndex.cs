using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge.Searching;

/// <summary>The search of PostgreSQL: a tsvector of the tokens as they are, with a GIN index. A fact counts for each term that it
/// has, the rarer the term the more, as in the inverse document frequency of bm25; facts are short, and nearly of one length.</summary>
internal static class PostgresFactIndex
{
    /// <inheritdoc cref="FactIndex.FindAsync"/>
    public static async Task<List<Hit>> FindAsync(
        RunnelDbContext database,
        long digitalHumanId,
        IReadOnlyList<SearchTerm> terms,
        int limit,
        CancellationToken cancellationToken)
    {
        var asked = terms.Select(Quoted).ToArray();
        return await database.Database
            .SqlQuery<Hit>($"""
                with counted as materialized (
                  select query, (select count(*) from knowledge_facts where lexemes @@ query::tsquery) as facts
                  from unnest({asked}) as query),
                rarest as (
                  select query, facts, row_number() over (order by facts, query) as place,
                    sum(facts) over (order by facts, query) as ranked
                  from counted where facts > 0),
                weighed as materialized (
                  select query, ln(1 + (1.0 + (select count(*) from knowledge_facts where digital_human_id = {digitalHumanId}))
                    / facts)::double precision as weight
                  from rarest where place <= {FactIndex.MaxTerms} and (place = 1 or ranked <= {FactIndex.MaxRanked}))
                select f.node_id as "NodeId", f.edge_id as "EdgeId", sum(w.weight) as "Score"
                from weighed w join knowledge_facts f on f.lexemes @@ w.query::tsquery
                where f.digital_human_id = {digitalHumanId}
                group by f.id, f.node_id, f.edge_id
                order by sum(w.weight) desc, f.id limit {limit}
                """)
            .ToListAsync(cancellationToken);
    }

    /// <summary>In quotes nothing is syntax, and a token has no quote in it.</summary>
    private static string Quoted(SearchTerm term) => term.IsPrefix ? $"'{term.Text}':*" : $"'{term.Text}'";
}
