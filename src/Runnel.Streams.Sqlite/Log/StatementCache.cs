using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>Prepared statements of one connection by their text. Not thread-safe.</summary>
internal sealed class StatementCache(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = [];
    private sqlite3_stmt? _blobInsert;

    /// <summary>Runs a statement; how many rows it touched.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Bind(sql, parameters).ExecuteNonQuery();

    /// <summary>Runs a statement; the first value that it answers.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Bind(sql, parameters).ExecuteScalar();

    /// <summary>Runs a statement; its rows. Dispose them before the next one.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Bind(sql, parameters).ExecuteReader();

    /// <summary>Runs a statement whose parameters are an id and a blob, without a copy of it on the managed heap: a commit's would
    /// land among the large objects, thousands of times a second.</summary>
    public void InsertBlob(string sql, long id, ReadOnlySpan<byte> blob)
    {
        if (_blobInsert is null)
            Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out _blobInsert));
        try
        {
            Check(raw.sqlite3_bind_int64(_blobInsert, 1, id));
            Check(raw.sqlite3_bind_blob(_blobInsert, 2, blob));
            Check(raw.sqlite3_step(_blobInsert));
        }
        finally
        {
            raw.sqlite3_reset(_blobInsert);
            raw.sqlite3_clear_bindings(_blobInsert);
        }
    }

    public void Dispose()
    {
        _blobInsert?.Dispose();
        _blobInsert = null;
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
