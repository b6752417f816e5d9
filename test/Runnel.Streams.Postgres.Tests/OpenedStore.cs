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

    private OpenedStore(string connectionString, string? node, TimeSpan? lease, TimeProvider time)
    {
        var options = new PostgresOptions();
        options.NodeName = node ?? options.NodeName;
        options.Lease = lease ?? options.Lease;
        _database = new PostgresDatabase(connectionString, options);
        _store = new PostgresStreamStore(
            _database, new SharedLogMetrics(time), time, NullLogger<PostgresStreamStore>.Instance);
    }

    public ISharedStore Store => _store;

    /// <summary>Throws what a test wants right after a commit has succeeded, as if its acknowledgement was lost.</summary>
    public Action? AfterCommit
    {
        set => _store.AfterCommit = value;
    }

    /// <param name="connectionString">Where.</param>
    /// <param name="node">Its name; null for one of its own.</param>
    /// <param name="lease">How long others may be silent.</param>
    /// <param name="time">Its clock; null for one that stands still: it beats once, and judges nobody.</param>
    /// <param name="prepare">Called before it opens.</param>
    public static async Task<OpenedStore> OpenAsync(
        string connectionString,
        string? node = null,
        TimeSpan? lease = null,
        TimeProvider? time = null,
        Action<ISharedStore>? prepare = null)
    {
        var opened = new OpenedStore(connectionString, node, lease, time ?? new ManualTime());
        prepare?.Invoke(opened.Store);
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
