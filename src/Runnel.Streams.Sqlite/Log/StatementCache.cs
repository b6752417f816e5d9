using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>Prepared statements of one connection by their text. Not thread-safe.</summary>
internal sealed class StatementCache(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = [];
    private readonly Dictionary<string, sqlite3_stmt> _direct = [];

    /// <summary>Runs a statement; how many rows it touched.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Bind(sql, parameters).ExecuteNonQuery();

    /// <summary>Runs a statement; the first value that it answers.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Bind(sql, parameters).ExecuteScalar();

    /// <summary>Runs a statement; its rows. Dispose them before the next one.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Bind(sql, parameters).ExecuteReader();

    /// <summary>Runs a statement whose parameters are numbers and then, if it has one more, a blob: nothing is boxed, and there is
    /// no copy of the blob on the managed heap, where a commit's would land among the large objects, thousands of times a
    /// second.</summary>
    public void Run(string sql, ReadOnlySpan<long> numbers, ReadOnlySpan<byte> blob = default)
    {
        if (!_direct.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out statement));
            _direct[sql] = statement;
        }

        try
        {
            for (var i = 0; i < numbers.Length; i++)
                Check(raw.sqlite3_bind_int64(statement, i + 1, numbers[i]));
            if (raw.sqlite3_bind_parameter_count(statement) > numbers.Length)
                Check(raw.sqlite3_bind_blob(statement, numbers.Length + 1, blob));
            Check(raw.sqlite3_step(statement));
        }
        finally
        {
            raw.sqlite3_reset(statement);
            raw.sqlite3_clear_bindings(statement);
        }
    }

    public void Dispose()
    {
        foreach (var statement in _direct.Values)
            statement.Dispose();
        _direct.Clear();
        foreach (var command in _commands.Values)
            command.Dispose();
        _commands.Clear();
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, connection.Handle);

    private SqliteCommand Bind(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements are constants of the program; values go by parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            _commands[sql] = command;
        }

        command.Parameters.Clear();
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue("@" + name, value ?? DBNull.Value);
        return command;
    }
}
