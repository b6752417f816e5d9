using System.Data.Common;

namespace Runnel.Server.Transfer;

/// <summary>Whether a database that has tables can be filled with what had tables of a version.</summary>
internal static class EmptyDatabase
{
    private static readonly string[] LogTables = ["streams", "segments", "journal"];

    /// <exception cref="TransferException">It has data, or newer tables.</exception>
    public static async Task CheckAsync(
        DbConnection connection, IReadOnlyList<Table> tables, int schema, CancellationToken cancellationToken)
    {
        var applied = await AppliedMigrations.ReadAsync(connection, cancellationToken);
        var hasLog = applied.NewestOf(AppliedMigrations.Log) > 0;
        foreach (var table in tables.Select(table => table.Name).Concat(hasLog ? LogTables : []))
        {
            if (await TableSql.ScalarAsync(connection, $"select 1 from \"{table}\" limit 1", cancellationToken) is not null)
                throw new TransferException($"The database has data already, in {table}. Import into an empty one.");
        }

        if (applied.Schema > schema)
            throw TransferException.TablesAreNewer(applied.Schema, schema);
    }
}
