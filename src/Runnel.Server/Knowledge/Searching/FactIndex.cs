using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.Knowledge.Searching;

/// <summary>The one place that knows that databases search the column of tokens in different ways.</summary>
internal static class FactIndex
{
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
