using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Runnel.Server.Tests.Persistence;

/// <summary>What EF believes of the database, compared with what the migrations made.</summary>
internal static class ModelComparison
{
    public static IReadOnlyList<string> Differences(IModel model, SqliteConnection connection) =>
        Differences(model, table => Columns(connection, table));

    /// <param name="model">What EF believes.</param>
    /// <param name="columns">The columns of a table, and whether they take null.</param>
    public static IReadOnlyList<string> Differences(IModel model, Func<string, Dictionary<string, bool>> columns) =>
        [.. model.GetRelationalModel().Tables.SelectMany(table => Differences(table, columns(table.Name)))];

    private static IEnumerable<string> Differences(ITable table, Dictionary<string, bool> actual)
    {
        foreach (var column in table.Columns)
        {
            if (!actual.TryGetValue(column.Name, out var nullable))
                yield return $"{table.Name}.{column.Name} is missing";
            else if (nullable != column.IsNullable)
                yield return $"{table.Name}.{column.Name} is {(nullable ? "" : "not ")}nullable";
        }
    }

    private static Dictionary<string, bool> Columns(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select name, \"notnull\" from pragma_table_info($table)";
        command.Parameters.AddWithValue("$table", table);
        using var reader = command.ExecuteReader();
        var columns = new Dictionary<string, bool>();
        while (reader.Read())
            columns.Add(reader.GetString(0), reader.GetInt64(1) == 0);
        return columns;
    }
}
