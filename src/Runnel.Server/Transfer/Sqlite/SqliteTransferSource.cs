using Microsoft.Data.Sqlite;
using Runnel.Streams.Sqlite.Transfer;
using Runnel.Streams.Transfer;

namespace Runnel.Server.Transfer.Sqlite;

/// <summary>An SQLite file as it was when its transaction began.</summary>
internal sealed class SqliteTransferSource(SqliteConnection connection, SqliteTransaction transaction, int schema) : ITransferSource
{
    public string Database => "SQLite";

    public int Schema => schema;

    public ILogSource Log { get; } = new SqliteLogSource(connection);

    public Task<IReadOnlyList<Table>> TablesAsync(CancellationToken cancellationToken) =>
        SqliteCatalog.TablesAsync(connection, cancellationToken);

    public IAsyncEnumerable<object?[]> ReadAsync(Table table, CancellationToken cancellationToken) =>
        TableSql.ReadAsync(connection, table, cancellationToken);

    public async Task<IReadOnlyDictionary<string, long>> CountersAsync(CancellationToken cancellationToken) =>
        (await TableSql.PairsAsync<long>(connection, "select name, seq from sqlite_sequence", cancellationToken))
        .ToDictionary(counter => counter.Name, counter => counter.Value);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
