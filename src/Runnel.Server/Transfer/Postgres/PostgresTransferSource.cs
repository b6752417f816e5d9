using Npgsql;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Postgres.Transfer;
using Runnel.Streams.Transfer;

namespace Runnel.Server.Transfer.Postgres;

/// <summary>A PostgreSQL database as it was when its transaction began.</summary>
internal sealed class PostgresTransferSource(PostgresDatabase database, NpgsqlConnection connection, int schema) : ITransferSource
{
    public string Database => "PostgreSQL";

    public int Schema => schema;

    public ILogSource Log { get; } = new PostgresLogSource(connection);

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
