using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Runnel.Streams.Events;
using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Sqlite.Log;
using Runnel.Streams.Sqlite.Metrics;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite;

/// <summary>The log in one SQLite file: commits go into the journal, the compactor moves them into segments, readers find the
/// newest in memory and the rest by seek.</summary>
internal sealed partial class SqliteStreamStore : IStreamStore, IAsyncDisposable
{
    private static readonly TimeSpan CompactionPeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CompactionTick = TimeSpan.FromMilliseconds(250);

    /// <summary>So much of the journal is compacted before its time, so that memory and the next start stay bounded.</summary>
    private const long CompactionBytes = 16 * 1024 * 1024;

    private readonly SqliteDatabase _database;
    private readonly RecentStreams _recent;
    private readonly LogWriter _writer;
    private readonly SegmentReader _reader;
    private readonly JournalMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<SqliteStreamStore> _log;
    private readonly CancellationTokenSource _stopping = new();
    private Task _compaction = Task.CompletedTask;

    public SqliteStreamStore(
        SqliteDatabase database, JournalMetrics metrics, TimeProvider time, ILogger<SqliteStreamStore> log)
    {
        (_database, _metrics, _time, _log) = (database, metrics, time, log);
        _recent = new RecentStreams(database);
        _writer = new LogWriter(database, _recent);
        _reader = new SegmentReader(database, _recent);
        metrics.ObserveJournal(() => _recent.JournalBytes);
    }

    public Task OpenAsync(CancellationToken cancellationToken)
    {
        Guard(() =>
        {
            new SqliteMigrations("log", typeof(SqliteStreamStore).Assembly).Apply(_database);
            _recent.LoadJournal();
        });
        _compaction = CompactAsync(_stopping.Token);
        return Task.CompletedTask;
    }

    public ValueTask CommitAsync(IReadOnlyList<PendingAppend> batch, CancellationToken cancellationToken)
    {
        Guard(() =>
        {
            using var pass = _database.WriteGate.Enter();
            _writer.Commit(batch);
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<StreamHead?> FindAsync(StreamName stream, CancellationToken cancellationToken)
    {
        StreamHead? head = null;
        // What became recent while the row was read is newer than the row.
        Guard(() => head = _recent.Find(stream)?.Head ?? (_recent.Load(stream) is { } row ? _recent.Find(stream) ?? row : null)?.Head);
        return ValueTask.FromResult(head);
    }

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        StreamName stream, long after, int maxBytes, CancellationToken cancellationToken)
    {
        IReadOnlyList<LogEntry> entries = [];
        Guard(() => entries = _reader.Read(stream, after, maxBytes));
        return ValueTask.FromResult(entries);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _compaction.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _writer.Dispose();
        _stopping.Dispose();
    }

    private async Task CompactAsync(CancellationToken cancellationToken)
    {
        var compactor = new Compactor(_database, _writer, _recent, _metrics);
        using var timer = new PeriodicTimer(CompactionTick, _time);
        var compactedAt = _time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (_time.GetElapsedTime(compactedAt) < CompactionPeriod && _recent.JournalBytes < CompactionBytes)
                continue;
            compactedAt = _time.GetTimestamp();
            try
            {
                await compactor.RunAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it was: without compaction memory would grow until the end.
                _metrics.CompactionFailed();
                CompactionFailed(_log, exception);
            }
        }
    }

    private static void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (SqliteException exception)
        {
            throw new StoreUnavailableException($"The database failed: {exception.Message}", exception);
        }
        catch (FormatException exception)
        {
            throw new StoreUnavailableException($"The database is damaged: {exception.Message}", exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Compaction failed; nothing is lost, it is tried again.")]
    private static partial void CompactionFailed(ILogger log, Exception exception);
}
