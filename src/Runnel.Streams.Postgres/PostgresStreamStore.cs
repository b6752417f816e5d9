using Microsoft.Extensions.Logging;
using Runnel.Streams.Events;
using Runnel.Streams.Postgres.Committing;
using Runnel.Streams.Postgres.Compacting;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Postgres.Leases;
using Runnel.Streams.Postgres.Metrics;
using Runnel.Streams.Postgres.News;
using Runnel.Streams.Postgres.Reading;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres;

/// <summary>The log in a PostgreSQL database that several processes share: commits go into the journal and are told to the
/// others, one of the processes moves them into segments, readers find them in either.</summary>
internal sealed class PostgresStreamStore : ISharedStore, IAsyncDisposable
{
    private readonly PostgresDatabase _database;
    private readonly LogWriter _writer;
    private readonly Compaction _compaction;
    private readonly SegmentReader _reader;
    private readonly HeadReader _heads;
    private readonly NewsListener _listener;
    private readonly Heartbeat _heartbeat;
    private readonly SharedLogMetrics _metrics;
    private readonly CancellationTokenSource _stopping = new();
    private Task _background = Task.CompletedTask;

    public PostgresStreamStore(
        PostgresDatabase database, SharedLogMetrics metrics, TimeProvider time, ILogger<PostgresStreamStore> log)
    {
        (_database, _metrics) = (database, metrics);
        _writer = new LogWriter(database, metrics);
        _compaction = new Compaction(database, metrics, time, log);
        _reader = new SegmentReader(database);
        _heads = new HeadReader(database);
        _listener = new NewsListener(database, metrics, time, log);
        _heartbeat = new Heartbeat(database, time, log);
        _heartbeat.Fenced.Register(metrics.Fenced);
    }

    public long Incarnation => _writer.Incarnation;

    public CancellationToken Fenced => _heartbeat.Fenced;

    public bool HasCompany => _heartbeat.HasCompany;

    public Action<IReadOnlyList<StreamMove>>? Heard { get; set; }

    public Action? OthersLeft { get; set; }

    public Action<string>? Signalled { get; set; }

    /// <summary>For tests; see <see cref="LogWriter.AfterCommit"/>.</summary>
    public Action? AfterCommit
    {
        set => _writer.AfterCommit = value;
    }

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PostgresMigrations.OfLog.ApplyAsync(_database, cancellationToken);
            _writer.Open();
        }
        catch (Exception exception) when (DatabaseFault.IsOfDatabase(exception))
        {
            throw DatabaseFault.Unavailable(exception);
        }

        _background = Task.WhenAll(
            _compaction.RunAsync(_stopping.Token),
            _heartbeat.RunAsync(_writer.Incarnation, () => OthersLeft?.Invoke(), _stopping.Token),
            _listener.RunAsync(
                _writer.Incarnation, moves => Heard?.Invoke(moves), text => Signalled?.Invoke(text), _stopping.Token));
    }

    public ValueTask CommitAsync(IReadOnlyList<PendingAppend> batch, CancellationToken cancellationToken)
    {
        try
        {
            var began = _metrics.Now;
            _writer.Commit(batch);
            _metrics.Committed(began);
            return ValueTask.CompletedTask;
        }
        catch (Exception exception) when (exception is LostRaceException || DatabaseFault.IsOfDatabase(exception))
        {
            throw DatabaseFault.Unavailable(exception);
        }
    }

    public async ValueTask<StreamHead?> FindAsync(StreamName stream, CancellationToken cancellationToken) =>
        (await FindAsync([stream], cancellationToken)) is [var found] ? found.Head : null;

    public ValueTask<IReadOnlyList<StreamMove>> FindAsync(
        IReadOnlyCollection<StreamName> streams, CancellationToken cancellationToken) =>
        ReadAsync(() => _heads.FindAsync(streams, cancellationToken));

    public ValueTask<bool> MayWriteAsync(CancellationToken cancellationToken) =>
        ReadAsync(() => _heads.MayWriteAsync(_writer.Incarnation, cancellationToken));

    public async ValueTask SignalAsync(string text, CancellationToken cancellationToken) => await ReadAsync(async () =>
    {
        await using var command = _database.Pool.CreateCommand("select pg_notify($1, $2)");
        command.Parameters.Add(new() { Value = NewsListener.Signals });
        command.Parameters.Add(new() { Value = text });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    });

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        StreamName stream, long after, int maxBytes, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.ReadAsync(stream, after, maxBytes, cancellationToken));

    /// <summary>A connection of the pool may have been cut since it was used last, when the database was started again: then
    /// another one is tried, once.</summary>
    private async ValueTask<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            try
            {
                return await read();
            }
            catch (Exception exception) when (DatabaseFault.IsOfConnection(exception))
            {
                _database.ForgetConnections();
                return await read();
            }
        }
        catch (Exception exception) when (DatabaseFault.IsOfDatabase(exception))
        {
            throw DatabaseFault.Unavailable(exception);
        }
        catch (FormatException exception)
        {
            throw new StoreUnavailableException($"The database is damaged: {exception.Message}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_writer.Incarnation != 0)
            await _heartbeat.LeaveAsync(_writer.Incarnation);
        _heartbeat.Dispose();
        _writer.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Compacts what the journal holds now.</summary>
    public Task CompactOnceAsync(CancellationToken cancellationToken) => _compaction.RunOnceAsync(cancellationToken);
}
