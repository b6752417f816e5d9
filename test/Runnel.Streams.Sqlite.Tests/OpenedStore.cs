using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Sqlite.Metrics;
using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Sqlite.Tests;

/// <summary>A store on a directory, with a clock that decides when it compacts.</summary>
internal sealed class OpenedStore : IAsyncDisposable
{
    private readonly SqliteStreamStore _store;
    private readonly ManualTime _time = new();

    private OpenedStore(SqliteDatabase database, long journalLimit)
    {
        Database = database;
        _store = new SqliteStreamStore(database, new JournalMetrics(), _time, NullLogger<SqliteStreamStore>.Instance)
        {
            JournalLimit = journalLimit,
        };
    }

    public SqliteDatabase Database { get; }

    public IStreamStore Store => _store;

    /// <summary>Throws what a test wants right after a commit has succeeded, as if its acknowledgement was lost.</summary>
    public Action? AfterCommit
    {
        set => _store.AfterCommit = value;
    }

    public static Task<OpenedStore> OpenAsync(
        string path, Action<SqliteDatabase>? prepare = null, long journalLimit = 64 * 1024 * 1024) =>
        OpenAsync(SqliteDatabase.Open(path, SqliteDurability.Normal), prepare, journalLimit);

    /// <summary>Opens a file that another store has open.</summary>
    public static Task<OpenedStore> OpenBesideAsync(string path) =>
        OpenAsync(SqliteDatabase.OpenUnlocked(path), prepare: null, long.MaxValue);

    private static async Task<OpenedStore> OpenAsync(
        SqliteDatabase database, Action<SqliteDatabase>? prepare, long journalLimit)
    {
        try
        {
            prepare?.Invoke(database);
            var opened = new OpenedStore(database, journalLimit);
            await opened.Store.OpenAsync(TestContext.Current.CancellationToken);
            return opened;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Lets the time of compaction come, and waits until the journal is empty.</summary>
    public Task CompactAsync() => CompactUntilAsync("select count(*) = 0 from journal");

    /// <summary>Lets the clock of compaction tick once, which is not yet its time.</summary>
    public void Tick() => _time.Advance(TimeSpan.FromMilliseconds(250));

    /// <summary>Compacts once, whether it succeeds or not.</summary>
    public async Task TryCompactAsync()
    {
        try
        {
            await _store.CompactOnceAsync(TestContext.Current.CancellationToken);
        }
        catch (Exception exception) when (exception is SqliteException or StoreUnavailableException)
        {
            // As the store itself does, which tries again later.
        }
    }

    /// <summary>Lets the time of compaction come until a query answers 1.</summary>
    public async Task CompactUntilAsync(string sql)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Scalar(sql) == 0)
        {
            _time.Advance(TimeSpan.FromSeconds(3));
            await Task.Delay(5, deadline.Token); // polls: only the file knows how far compaction is
        }
    }

    public long Scalar(string sql)
    {
        using var connection = Database.Connect();
        return Scalar(connection, sql);
    }

    public static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as long? ?? 0;
    }

    public void Execute(string sql)
    {
        using var pass = Database.WriteGate.Enter();
        Scalar(sql);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Database.Dispose();
    }
}
