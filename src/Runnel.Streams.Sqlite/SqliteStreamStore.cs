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
    private readonly LogConnection _connection;
    private readonly LogWriter _writer;
    private readonly Compactor _compactor;
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
        _connection = new LogConnection(database);
        _writer = new LogWriter(_connection, _recent);
        _compactor = new Compactor(_writer, _recent, metrics);
        _reader = new SegmentReader(database, _recent);
        metrics.ObserveJournal(() => _recent.JournalBytes);
    }

    /// <summary>The most that the journal holds, in bytes, before commits wait for compaction: it bounds memory and the next
    /// start. Commits of a sudden crowd may exceed it, twice at most.</summary>
    public long JournalLimit { get; init; } = 64 * 1024 * 1024;

    /// <summary>For tests; see <see cref="LogConnection.AfterCommit"/>.</summary>
    public Action? AfterCommit
    {
        set => _connection.AfterCommit = value;
    }

    public long Incarnation => _connection.Incarnation;

    public Task OpenAsync(CancellationToken cancellationToken)
    {
        Guard(() =>
        {
            SqliteMigrations.OfLog.Apply(_database);
            using var pass = _database.WriteGate.Enter();
            _writer.Open();
        });
        _compaction = CompactAsync(_stopping.Token);
        return Task.CompletedTask;
    }

    public ValueTask CommitAsync(IReadOnlyList<PendingAppend> batch, CancellationToken cancellationToken)
    {
        Guard(() =>
        {
            using var pass = _database.WriteGate.Enter();
            MakeRoom();
            _writer.Commit(batch);
        });
        return ValueTask.CompletedTask;
    }

    /// <summary>Where compaction cannot keep up, each commit does some of its work.</summary>
    private void MakeRoom()
    {
        for (var limit = JournalLimit; _recent.JournalBytes > limit; limit = 2 * JournalLimit)
            _compactor.Step();
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
        _connection.Dispose();
        _stopping.Dispose();
    }

    private async Task CompactAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(CompactionTick, _time);
        var compactedAt = _time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (_time.GetElapsedTime(compactedAt) < CompactionPeriod && _recent.JournalBytes < CompactionBytes)
                continue;
            compactedAt = _time.GetTimestamp();
            try
            {
                await CompactOnceAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it was: without compaction memory would grow until the end.
                _metrics.CompactionFailed();
                CompactionFailed(_log, exception);
            }
        }
    }

    /// <summary>Compacts what the journal holds now, a slice at a time.</summary>
    public async Task CompactOnceAsync(CancellationToken cancellationToken)
    {
        while (await CompactSliceAsync(cancellationToken) is { } took)
        {
            // As long as the slice took, for commits: whoever asks for the gate again at once would get it again.
            await Task.Delay(took, _time, cancellationToken);
        }
    }

    /// <summary>How long a slice took; null when there is nothing left to do.</summary>
    private async Task<TimeSpan?> CompactSliceAsync(CancellationToken cancellationToken)
    {
        using var pass = await _database.WriteGate.EnterAsync(cancellationToken);
        var began = _time.GetTimestamp();
        return _compactor.Step() ? _time.GetElapsedTime(began) : null;
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
