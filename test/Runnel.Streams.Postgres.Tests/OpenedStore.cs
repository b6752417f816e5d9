using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Postgres.Metrics;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Postgres.Tests;

/// <summary>A store on a database, which compacts when it is told to.</summary>
internal sealed class OpenedStore : IAsyncDisposable
{
    private readonly PostgresStreamStore _store;
    private readonly PostgresDatabase _database;

    private OpenedStore(string connectionString, string? node)
    {
        var options = new PostgresOptions();
        options.NodeName = node ?? options.NodeName;
        _database = new PostgresDatabase(connectionString, options);
        var time = new ManualTime();
        _store = new PostgresStreamStore(_database, new SharedLogMetrics(time), time, NullLogger<PostgresStreamStore>.Instance);
    }

    public IStreamStore Store => _store;

    /// <summary>Throws what a test wants right after a commit has succeeded, as if its acknowledgement was lost.</summary>
    public Action? AfterCommit
    {
        set => _store.AfterCommit = value;
    }

    public static async Task<OpenedStore> OpenAsync(string connectionString, string? node = null)
    {
        var opened = new OpenedStore(connectionString, node);
        await opened.Store.OpenAsync(TestContext.Current.CancellationToken);
        return opened;
    }

    public Task CompactAsync() => _store.CompactOnceAsync(TestContext.Current.CancellationToken);

    public async Task<long> ScalarAsync(string sql)
    {
        await using var command = _database.Pool.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is { } value and not DBNull
            ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)
            : 0;
    }

    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(_database.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _database.DisposeAsync();
    }
}
