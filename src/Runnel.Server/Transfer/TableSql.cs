using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Runnel.Server.Transfer;

/// <summary>Statements on whole tables. Names come from the catalogue of the database and lists of the program, never from
/// outside.</summary>
internal static class TableSql
{
    public static DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // See above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    public static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<object?> ScalarAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>The rows of a query of two texts, or of a text and a number.</summary>
    public static async Task<List<(string Name, T Value)>> PairsAsync<T>(
        DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var pairs = new List<(string, T)>();
        while (await rows.ReadAsync(cancellationToken))
            pairs.Add((rows.GetString(0), await rows.GetFieldValueAsync<T>(1, cancellationToken)));
        return pairs;
    }

    /// <summary>All rows of a table, one at a time.</summary>
    public static async IAsyncEnumerable<object?[]> ReadAsync(
        DbConnection connection, Table table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = Command(connection, $"select {table.ColumnList} from \"{table.Name}\"");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = new object?[table.Columns.Count];
            for (var i = 0; i < row.Length; i++)
                row[i] = await rows.IsDBNullAsync(i, cancellationToken) ? null : Value(rows, i, table.Columns[i].Kind);
            yield return row;
        }
    }

    private static object Value(DbDataReader rows, int column, ColumnKind kind) => kind switch
    {
        ColumnKind.Text => rows.GetString(column),
        ColumnKind.Integer => rows.GetInt64(column),
        ColumnKind.Real => rows.GetDouble(column),
        _ => rows.GetFieldValue<byte[]>(column),
    };
}
