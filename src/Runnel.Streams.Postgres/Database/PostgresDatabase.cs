using Npgsql;

namespace Runnel.Streams.Postgres.Database;

/// <summary>One PostgreSQL database, as this process uses it. Thread-safe.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _pool;

    /// <summary>Connects nowhere yet.</summary>
    /// <exception cref="ArgumentException">The connection string is none.</exception>
    public PostgresDatabase(string connectionString, PostgresOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        var text = new NpgsqlConnectionStringBuilder(connectionString)
        {
            CommandTimeout = (int)Math.Ceiling(options.StatementTimeout.TotalSeconds),
            ApplicationName = "runnel",
        };
        // A listener that the network has forgotten must notice it.
        if (text.KeepAlive == 0)
            text.KeepAlive = 10;
        ConnectionString = text.ToString();
        _pool = new NpgsqlDataSourceBuilder(ConnectionString).Build();
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
    internal NpgsqlConnection ConnectAlone()
    {
        var connection = Alone();
        connection.Open();
        return connection;
    }

    /// <inheritdoc cref="ConnectAlone"/>
    internal async Task<NpgsqlConnection> ConnectAloneAsync(CancellationToken cancellationToken)
    {
        var connection = Alone();
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private NpgsqlConnection Alone() =>
        new(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ToString());
}
