using Microsoft.Data.Sqlite;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite.Database;

/// <summary>
/// One SQLite file in WAL mode, opened for the life of the process: the log's tables and, where an application wants its own
/// rows to commit with its events, the application's. Thread-safe.
/// </summary>
public sealed class SqliteDatabase : IDisposable
{
    /// <summary>How long a statement tries again when somebody outside of the process holds the database, in seconds.</summary>
    private const int BusySeconds = 4;

    private readonly DataDirectoryLock? _lock;
    private volatile bool _needsErasing = true;

    private SqliteDatabase(string path, SqliteDurability durability, DataDirectoryLock? directoryLock)
    {
        (Path, Durability, _lock) = (path, durability, directoryLock);
        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            DefaultTimeout = BusySeconds,
        }.ToString();
    }

    /// <summary>The absolute path of the file.</summary>
    public string Path { get; }

    /// <summary>What its commits survive.</summary>
    public SqliteDurability Durability { get; }

    /// <summary>For connections that others open. They must set <c>PRAGMA synchronous</c> as <see cref="Prepare"/> does.</summary>
    public string ConnectionString { get; }

    /// <summary>Everybody who writes passes it.</summary>
    public WriteGate WriteGate { get; } = new();

    /// <summary>Whether the write-ahead log may still have text that was deleted, as it may after a start. Whoever deletes rows whose
    /// text is to be in no file sets it after the commit; the log, once it is open, empties the file at its next compaction.</summary>
    public bool NeedsErasing
    {
        get => _needsErasing;
        set => _needsErasing = value;
    }

    /// <summary>Opens the file, or makes it, and locks its directory.</summary>
    /// <exception cref="StoreUnavailableException">The directory is in use or cannot be written, or the file is no database.
    /// The message says what to do; the file is left as it is.</exception>
    public static SqliteDatabase Open(string path, SqliteDurability durability = SqliteDurability.Full)
    {
        var full = System.IO.Path.GetFullPath(path);
        return Open(new SqliteDatabase(full, durability, DataDirectoryLock.Take(System.IO.Path.GetDirectoryName(full)!)));
    }

    /// <summary>The same without the lock, as a process would that gets past it, on a file system that does not lock say.</summary>
    internal static SqliteDatabase OpenUnlocked(string path) =>
        Open(new SqliteDatabase(System.IO.Path.GetFullPath(path), SqliteDurability.Normal, directoryLock: null));

    private static SqliteDatabase Open(SqliteDatabase database)
    {
        try
        {
            using var connection = database.Connect();
            Execute(connection, "PRAGMA journal_mode=WAL");
            Execute(connection, "SELECT count(*) FROM sqlite_schema");
            return database;
        }
        catch (SqliteException exception)
        {
            database.Dispose();
            throw new StoreUnavailableException(
                $"The database '{database.Path}' cannot be opened: {exception.Message} "
                + "The file was left as it is; restore a backup, or choose another data directory.",
                exception);
        }
    }

    /// <summary>A connection from the pool, ready to use.</summary>
    public SqliteConnection Connect() => Connect(ConnectionString);

    /// <summary>A connection of its own: closing it rolls back what is open on it, and nobody else can come by it before.</summary>
    internal SqliteConnection ConnectUnpooled() =>
        Connect(new SqliteConnectionStringBuilder(ConnectionString) { Pooling = false }.ToString());

    /// <summary>Sets what SQLite keeps per connection.</summary>
    public void Prepare(SqliteConnection connection) =>
        Execute(connection, Durability == SqliteDurability.Full
            ? "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            : "PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;");

    /// <inheritdoc />
    public void Dispose()
    {
        using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        WriteGate.Dispose();
        _lock?.Dispose();
    }

    private SqliteConnection Connect(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            Prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants of this file come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
