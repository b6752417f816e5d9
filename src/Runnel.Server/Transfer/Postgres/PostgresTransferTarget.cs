using Npgsql;
using NpgsqlTypes;
using Runnel.Server.Persistence.Postgres;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Postgres.Transfer;
using Runnel.Streams.Transfer;

namespace Runnel.Server.Transfer.Postgres;

/// <summary>A PostgreSQL database that is filled. Its triggers do nothing meanwhile: they guard how rows change, and these are as
/// they became.</summary>
internal sealed class PostgresTransferTarget : ITransferTarget
{
    private readonly PostgresDatabase _database;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private IReadOnlyList<Table> _tables = [];

    private PostgresTransferTarget(PostgresDatabase database, NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        (_database, _connection, _transaction) = (database, connection, transaction);
        Log = new PostgresLogTarget(connection);
    }

    public ILogTarget Log { get; }

    /// <exception cref="TransferException">It has data, or newer tables.</exception>
    public static async Task<PostgresTransferTarget> BeginAsync(
        PostgresDatabase database, int schema, CancellationToken cancellationToken)
    {
        var connection = await database.Pool.OpenConnectionAsync(cancellationToken);
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var target = new PostgresTransferTarget(database, connection, transaction);
        try
        {
            await target.PrepareAsync(schema, cancellationToken);
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    /// <summary>Looks whether it can be filled, before anything is changed.</summary>
    /// <exception cref="TransferException">It has data, or newer tables.</exception>
    public static async Task CheckAsync(PostgresDatabase database, int schema, CancellationToken cancellationToken)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancellationToken);
        if (!await PostgresCatalog.HasMigrationsAsync(connection, cancellationToken))
            return;
        var tables = await PostgresCatalog.TablesAsync(connection, cancellationToken);
        await EmptyDatabase.CheckAsync(connection, tables, schema, cancellationToken);
    }

    public Task<IReadOnlyList<Table>> TablesAsync(CancellationToken cancellationToken) => Task.FromResult(_tables);

    public async Task WriteAsync(Table table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        await using var copy = await _connection.BeginBinaryImportAsync(
            $"copy \"{table.Name}\" ({table.ColumnList}) from stdin (format binary)", cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await copy.StartRowAsync(cancellationToken);
            for (var i = 0; i < row.Length; i++)
                await WriteAsync(copy, row[i], table.Columns[i].Type, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    public async Task FinishAsync(IReadOnlyDictionary<string, long> counters, CancellationToken cancellationToken)
    {
        foreach (var (table, _) in await PostgresCatalog.SequencesAsync(_connection, cancellationToken))
            await CountOnAsync(table, counters.GetValueOrDefault(table), cancellationToken);
        foreach (var table in _tables)
            await TableSql.ExecuteAsync(_connection, $"alter table \"{table.Name}\" enable trigger user", cancellationToken);
        await _transaction.CommitAsync(cancellationToken);
        await PostgresServerDatabase.Migrations.ApplyAsync(_database, CancellationToken.None);
        await TableSql.ExecuteAsync(_connection, "analyze", CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task PrepareAsync(int schema, CancellationToken cancellationToken)
    {
        await PostgresMigrations.HoldAsync(_connection, cancellationToken);
        await TableSql.ExecuteAsync(_connection, "set local statement_timeout = 0", cancellationToken);
        _tables = await PostgresCatalog.TablesAsync(_connection, cancellationToken);
        // It also keeps out who would write now, until the end.
        foreach (var table in _tables)
            await TableSql.ExecuteAsync(_connection, $"alter table \"{table.Name}\" disable trigger user", cancellationToken);
        await EmptyDatabase.CheckAsync(_connection, _tables, schema, cancellationToken);
    }

    private async Task CountOnAsync(string table, long count, CancellationToken cancellationToken)
    {
        var highest = await TableSql.ScalarAsync(_connection, $"select max(id) from \"{table}\"", cancellationToken) as long? ?? 0;
        await TableSql.ExecuteAsync(
            _connection,
            FormattableString.Invariant($"alter table \"{table}\" alter column id restart with {Math.Max(count, highest) + 1}"),
            cancellationToken);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, object? value, string type, CancellationToken cancellationToken) =>
        value switch
        {
            null => copy.WriteNullAsync(cancellationToken),
            // PostgreSQL has no place for it.
            string text => copy.WriteAsync(text.Replace('\0', '\uFFFD'), NpgsqlDbType.Text, cancellationToken),
            long number when type == "integer" => copy.WriteAsync(checked((int)number), NpgsqlDbType.Integer, cancellationToken),
            long number => copy.WriteAsync(number, NpgsqlDbType.Bigint, cancellationToken),
            double number => copy.WriteAsync(number, NpgsqlDbType.Double, cancellationToken),
            _ => copy.WriteAsync((byte[])value, NpgsqlDbType.Bytea, cancellationToken),
        };
}
