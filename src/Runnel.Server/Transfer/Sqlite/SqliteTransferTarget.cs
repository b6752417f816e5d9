using System.Globalization;
using Microsoft.Data.Sqlite;
using Runnel.Server.Persistence.Sqlite;
using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Sqlite.Transfer;
using Runnel.Streams.Transfer;

namespace Runnel.Server.Transfer.Sqlite;

/// <summary>An SQLite file that is filled. Its triggers are away meanwhile: they guard how rows change, and these are as they
/// became.</summary>
internal sealed class SqliteTransferTarget : ITransferTarget
{
    private readonly SqliteDatabase _database;
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private List<(string Name, string Sql)> _triggers = [];

    private SqliteTransferTarget(SqliteDatabase database)
    {
        (_database, _connection) = (database, database.Connect());
        _transaction = _connection.BeginTransaction(deferred: false);
        Log = new SqliteLogTarget(_connection);
    }

    public ILogTarget Log { get; }

    /// <exception cref="TransferException">It has data, or newer tables.</exception>
    public static async Task<SqliteTransferTarget> BeginAsync(
        SqliteDatabase database, int schema, CancellationToken cancellationToken)
    {
        var target = new SqliteTransferTarget(database);
        try
        {
            await target.PrepareAsync(schema, cancellationToken);
            return target;
        }
        catch
        {
            await target.CloseAsync();
            throw;
        }
    }

    /// <summary>Looks whether it can be filled, before anything is changed.</summary>
    /// <exception cref="TransferException">It has data, or newer tables.</exception>
    public static async Task CheckAsync(SqliteDatabase database, int schema, CancellationToken cancellationToken)
    {
        await using var connection = database.Connect();
        if (!await SqliteCatalog.HasMigrationsAsync(connection, cancellationToken))
            return;
        var tables = await SqliteCatalog.TablesAsync(connection, cancellationToken);
        await EmptyDatabase.CheckAsync(connection, tables, schema, cancellationToken);
    }

    public Task<IReadOnlyList<Table>> TablesAsync(CancellationToken cancellationToken) =>
        SqliteCatalog.TablesAsync(_connection, cancellationToken);

    public async Task WriteAsync(Table table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        var values = string.Join(", ", table.Columns.Select((_, i) => "@" + i));
        await using var command = (SqliteCommand)TableSql.Command(
            _connection, $"insert into \"{table.Name}\" ({table.ColumnList}) values ({values})");
        for (var i = 0; i < table.Columns.Count; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = "@" + i.ToString(CultureInfo.InvariantCulture) });
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            for (var i = 0; i < row.Length; i++)
                command.Parameters[i].Value = row[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
    }

    public async Task FinishAsync(IReadOnlyDictionary<string, long> counters, CancellationToken cancellationToken)
    {
        foreach (var (name, _) in await SqliteCatalog.SearchesAsync(_connection, cancellationToken))
            await TableSql.ExecuteAsync(_connection, $"insert into \"{name}\" (\"{name}\") values ('rebuild')", cancellationToken);
        foreach (var (_, sql) in _triggers)
            await TableSql.ExecuteAsync(_connection, sql, cancellationToken);
        foreach (var (table, count) in counters)
            await CountOnAsync(table, count, cancellationToken);
        await _transaction.CommitAsync(cancellationToken);
        SqliteServerDatabase.Migrations.Apply(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _database.Dispose();
    }

    private async Task PrepareAsync(int schema, CancellationToken cancellationToken)
    {
        await EmptyDatabase.CheckAsync(_connection, await TablesAsync(cancellationToken), schema, cancellationToken);
        _triggers = await SqliteCatalog.TriggersAsync(_connection, cancellationToken);
        foreach (var (name, _) in _triggers)
            await TableSql.ExecuteAsync(_connection, $"drop trigger \"{name}\"", cancellationToken);
    }

    /// <summary>Only tables that never give an id twice have a counter here.</summary>
    private async Task CountOnAsync(string table, long count, CancellationToken cancellationToken)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = """
            delete from sqlite_sequence where name = @table and seq < @count;
            insert into sqlite_sequence (name, seq) select @table, @count
            where not exists (select 1 from sqlite_sequence where name = @table)
              and exists (select 1 from sqlite_schema where name = @table and sql like '%autoincrement%')
            """;
        command.Parameters.AddWithValue("@table", table);
        command.Parameters.AddWithValue("@count", count);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task CloseAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
