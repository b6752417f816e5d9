using Microsoft.Data.Sqlite;

namespace Runnel.Server.Transfer.Sqlite;

/// <summary>What an SQLite database says of its tables.</summary>
internal static class SqliteCatalog
{
    public static async Task<bool> HasMigrationsAsync(SqliteConnection connection, CancellationToken cancellationToken) =>
        await TableSql.ScalarAsync(
            connection, "select 1 from sqlite_schema where type = 'table' and name = 'migrations'", cancellationToken) is not null;

    /// <summary>The tables to be carried that it has, in order.</summary>
    public static async Task<IReadOnlyList<Table>> TablesAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var tables = new List<Table>();
        foreach (var name in CarriedTables.InOrder)
        {
            var columns = await TableSql.PairsAsync<string>(
                connection, $"select name, lower(type) from pragma_table_info('{name}')", cancellationToken);
            if (columns.Count > 0)
                tables.Add(CarriedTables.Of(name, columns.Select(column => new Column(column.Name, KindOf(column.Value), column.Value))));
        }

        return tables;
    }

    /// <summary>The names and statements of its triggers.</summary>
    public static Task<List<(string Name, string Sql)>> TriggersAsync(
        SqliteConnection connection, CancellationToken cancellationToken) =>
        TableSql.PairsAsync<string>(connection, "select name, sql from sqlite_schema where type = 'trigger'", cancellationToken);

    /// <summary>The tables that search the text of others.</summary>
    public static Task<List<(string Name, string Sql)>> SearchesAsync(
        SqliteConnection connection, CancellationToken cancellationToken) =>
        TableSql.PairsAsync<string>(
            connection,
            "select name, sql from sqlite_schema where type = 'table' and sql like 'create virtual table%using fts5%'",
            cancellationToken);

    private static ColumnKind KindOf(string type) => type switch
    {
        "text" => ColumnKind.Text,
        "integer" => ColumnKind.Integer,
        "real" => ColumnKind.Real,
        "blob" => ColumnKind.Bytes,
        _ => throw new InvalidOperationException($"A column of type '{type}' cannot be carried over."),
    };
}
