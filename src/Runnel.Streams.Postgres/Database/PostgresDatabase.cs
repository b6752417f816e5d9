using Npgsql;

namespace Runnel.Streams.Postgres.Database;

/// <summary>One PostgreSQL database, as this process uses it. Thread-safe.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _pool;
    private readonly string _listener;

    /// <summary>Connects nowhere yet.</summary>
    /// <exception cref="ArgumentException">The connection string is none.</exception>
    public PostgresDatabase(string connectionString, PostgresOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        ConnectionString = Complete(connectionString, options);
        _pool = new NpgsqlDataSourceBuilder(ConnectionString).Build();
        _listener = Alone(options.ListenerConnectionString is { } own ? Complete(own, options) : ConnectionString);
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
        var connection = new NpgsqlConnection(Alone(ConnectionString));
        connection.Open();
        return connection;
    }

    /// <inheritdoc cref="ConnectAlone"/>
    internal Task<NpgsqlConnection> ConnectAloneAsync(CancellationToken cancellationToken) =>
        OpenAsync(new NpgsqlConnection(Alone(ConnectionString)), cancellationToken);

    /// <summary>A connection that stays with one session of the server, opened.</summary>
    internal Task<NpgsqlConnection> ConnectToListenAsync(CancellationToken cancellationToken) =>
        OpenAsync(new NpgsqlConnection(_listener), cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static string Complete(string connectionString, PostgresOptions options)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString)
        {
            CommandTimeout = (int)Math.Ceiling(options.StatementTimeout.TotalSeconds),
            ApplicationName = "runnel",
            // Nothing is left in a session that the next one could meet; to ask for its reset costs, and a pooler has none to give.
            NoResetOnClose = true,
        };
        // A listener that the network has forgotten must notice it.
        if (text.KeepAlive == 0)
            text.KeepAlive = 10;
        return text.ToString();
    }

    private static string Alone(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString();
}
