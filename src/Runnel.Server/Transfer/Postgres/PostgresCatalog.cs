using Npgsql;

namespace Runnel.Server.Transfer.Postgres;

/// <summary>What a PostgreSQL database says of its tables.</summary>
internal static class PostgresCatalog
{
    public static async Task<bool> HasMigrationsAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await TableSql.ScalarAsync(connection, "select to_regclass('migrations') is not null", cancellationToken) is true;

    /// <summary>The tables to be carried that it has, in order, without columns that it makes of others.</summary>
    public static async Task<IReadOnlyList<Table>> TablesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var tables = new List<Table>();
        foreach (var name in CarriedTables.InOrder)
        {
            var columns = await TableSql.PairsAsync<string>(
                connection,
                $"""
                select column_name::text, data_type::text from information_schema.columns
                where table_schema = current_schema() and table_name = '{name}' and is_generated = 'NEVER'
                order by ordinal_position
                """,
                cancellationToken);
            if (columns.Count > 0)
                tables.Add(CarriedTables.Of(name, columns.Select(column => new Column(column.Name, KindOf(column.Value), column.Value))));
        }

        return tables;
    }

    /// <summary>The tables that draw their ids from a sequence, and its name.</summary>
    public static async Task<IReadOnlyList<(string Table, string Sequence)>> SequencesAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken) =>
        (await TableSql.PairsAsync<string>(
            connection,
            """
            select table_name::text, pg_get_serial_sequence(quote_ident(table_name), column_name) from information_schema.columns
            where table_schema = current_schema() and is_identity = 'YES' and column_name = 'id'
            """,
            cancellationToken))
        .FindAll(sequence => sequence.Name == "streams" || CarriedTables.InOrder.Contains(sequence.Name));

    private static ColumnKind KindOf(string type) => type switch
    {
        "text" => ColumnKind.Text,
        "integer" or "bigint" => ColumnKind.Integer,
        "double precision" => ColumnKind.Real,
        "bytea" => ColumnKind.Bytes,
        _ => throw new InvalidOperationException($"A column of type '{type}' cannot be carried over."),
    };
}
