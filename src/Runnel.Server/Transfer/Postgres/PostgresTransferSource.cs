using System.Data;
using Npgsql;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Postgres.Transfer;
using Runnel.Streams.Transfer;

namespace Runnel.Server.Transfer.Postgres;

/// <summary>A PostgreSQL database as it was when its transaction began.</summary>
internal sealed class PostgresTransferSource(PostgresDatabase database, NpgsqlConnection connection) : ITransferSource
{
    public string Database => "PostgreSQL";

    public int Schema { get; private set; }

    public ILogSource Log { get; } = new PostgresLogSource(connection);

    /// <summary>What is read from here on is of one moment, whatever servers write meanwhile.</summary>
    /// <exception cref="TransferException">It is no database of this program, or newer; the connection is closed.</exception>
    public async Task BeginAsync(int knownOfServer, int knownOfLog, CancellationToken cancellationToken)
    {
        try
        {
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            await TableSql.ExecuteAsync(
                connection, "set transaction read only; set local statement_timeout = 0", cancellationToken);
            if (!await PostgresCatalog.HasMigrationsAsync(connection, cancellationToken))
                throw new TransferException($"'{connection.Database}' is not a database of Runnel.");
            var applied = await AppliedMigrations.ReadAsync(connection, cancellationToken);
            applied.RefuseNewer(knownOfServer, knownOfLog);
            Schema = applied.Schema;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public Task<IReadOnlyList<Table>> TablesAsync(CancellationToken cancellationToken) =>
        PostgresCatalog.TablesAsync(connection, cancellationToken);

    public IAsyncEnumerable<object?[]> ReadAsync(Table table, CancellationToken cancellationToken) =>
        TableSql.ReadAsync(connection, table, cancellationToken);

    public async Task<IReadOnlyDictionary<string, long>> CountersAsync(CancellationToken cancellationToken)
    {
        var counters = new Dictionary<string, long>();
        foreach (var (table, sequence) in await PostgresCatalog.SequencesAsync(connection, cancellationToken))
        {
            counters[table] = (long)(await TableSql.ScalarAsync(
                connection, $"select case when is_called then last_value else last_value - 1 end from {sequence}", cancellationToken))!;
        }

        return counters;
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await database.DisposeAsync();
    }
}
