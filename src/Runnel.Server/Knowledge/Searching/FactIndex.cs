using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge.Searching;

/// <summary>The one place that knows that databases search the column of tokens in different ways.</summary>
internal static class FactIndex
{
    /// <summary>What is ranked costs time for each fact and term: the rarest terms are looked for, until so many facts have them.
    /// The others hardly count beside them.</summary>
    public const int MaxRanked = 2_000;

    /// <summary>How many terms are looked for at most.</summary>
    public const int MaxTerms = 24;

    /// <summary>The facts that have any of the terms, the best first.</summary>
    public static Task<List<Hit>> FindAsync(
        RunnelDbContext database,
        long digitalHumanId,
        IReadOnlyList<SearchTerm> terms,
        int limit,
        CancellationToken cancellationToken) => database.Database.IsNpgsql()
            ? PostgresFactIndex.FindAsync(database, digitalHumanId, terms, limit, cancellationToken)
            : SqliteFactIndex.FindAsync(database, digitalHumanId, terms, limit, cancellationToken);
}
