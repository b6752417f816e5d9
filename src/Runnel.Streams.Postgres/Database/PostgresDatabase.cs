using Npgsql;

namespace Runnel.Streams.Postgres.Database;

/// <summary>One PostgreSQL database, as this process uses it. Where the connection string names several hosts, it is the one of
/// them that takes writes just now. Thread-safe.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _pool;
    private readonly NpgsqlDataSource _alone;
    private readonly NpgsqlDataSource _listener;

    /// <summary>Connects nowhere yet.</summary>
    /// <exception cref="ArgumentException">The connection string is none.</exception>
    public PostgresDatabase(string connectionString, PostgresOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        ConnectionString = PostgresSource.Complete(connectionString, options);
        _pool = PostgresSource.Pooled(ConnectionString, options);
        _alone = PostgresSource.Alone(ConnectionString);
        _listener = options.ListenerConnectionString is { } own
            ? PostgresSource.Alone(PostgresSource.Complete(own, options))
            : _alone;
    }

    /// <summary>How this process takes part.</summary>
    public PostgresOptions Options { get; }

    /// <summary>For connections that others open.</summary>
    public string ConnectionString { get; }

    /// <summary>Connections that are shared by turns.</summary>
    public NpgsqlDataSource Pool => _pool;

    /// <summary>Closes the connections that nobody uses just now.</summary>
    internal void ForgetConnections() => _pool.Clear();

    /// <summary>A connection of its own, outside of the pool, opened.</summary>
    internal NpgsqlConnection ConnectAlone() => _alone.OpenConnection();

    /// <inheritdoc cref="ConnectAlone"/>
    internal async Task<NpgsqlConnection> ConnectAloneAsync(CancellationToken cancellationToken) =>
        await _alone.OpenConnectionAsync(cancellationToken);

    /// <summary>A connection that stays with one session of the server, opened.</summary>
    internal async Task<NpgsqlConnection> ConnectToListenAsync(CancellationToken cancellationToken) =>
        await _listener.OpenConnectionAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        await _alone.DisposeAsync();
        await _listener.DisposeAsync();
    }
}
