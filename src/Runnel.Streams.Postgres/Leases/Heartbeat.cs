using Microsoft.Extensions.Logging;
using Npgsql;
using Runnel.Streams.Postgres.Database;

namespace Runnel.Streams.Postgres.Leases;

/// <summary>
/// Keeps this process's lease and watches those of the others: beats, and fences off whoever has been silent for a whole lease.
/// It has a connection of its own, so that a beat waits for nobody's work.
/// </summary>
internal sealed partial class Heartbeat(PostgresDatabase database, TimeProvider time, ILogger log) : IDisposable
{
    private const int BeatsPerLease = 10;

    private readonly LeaseJudge _judge = new(database.Options.Lease);
    private readonly CancellationTokenSource _fenced = new();
    private NpgsqlConnection? _connection;
    private HashSet<long>? _others;
    private bool _isAway;

    /// <summary>Cancelled when this process was fenced off.</summary>
    public CancellationToken Fenced => _fenced.Token;

    /// <summary>Whether others beat, too.</summary>
    public bool HasCompany => Volatile.Read(ref _others) is { Count: > 0 };

    /// <summary>Beats until it is cancelled, or fenced off.</summary>
    /// <param name="incarnation">Who beats.</param>
    /// <param name="othersLeft">Is told when there are fewer, or may be; returns at once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(long incarnation, Action othersLeft, CancellationToken cancellationToken)
    {
        var period = database.Options.Lease / BeatsPerLease;
        while (!_fenced.IsCancellationRequested)
        {
            if (await TryBeatAsync(incarnation, cancellationToken) is { } others)
                Compare(others, othersLeft);
            // Not in step with the others, who would otherwise all come back to a database at once.
            await Task.Delay(period * (0.9 + 0.2 * Random.Shared.NextDouble()), time, cancellationToken);
        }
    }

    /// <summary>Says that this process has written its last, so that nobody waits for its lease to expire.</summary>
    public async Task LeaveAsync(long incarnation)
    {
        try
        {
            using var limit = TimeLimit();
            await UseAsync(connection => BeatRows.LeaveAsync(connection, incarnation, limit.Token));
        }
        catch (Exception exception) when (IsAway(exception))
        {
            // The others will notice.
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
        _fenced.Dispose();
    }

    private async Task<HashSet<long>?> TryBeatAsync(long incarnation, CancellationToken cancellationToken)
    {
        try
        {
            HashSet<long>? living = null;
            await UseAsync(async connection => living = await BeatAsync(connection, incarnation));
            if (_isAway)
                Back(log);
            _isAway = false;
            return living;
        }
        catch (Exception exception) when (IsAway(exception) && !cancellationToken.IsCancellationRequested)
        {
            if (!_isAway)
                Away(log, exception);
            _isAway = true;
            return null;
        }
    }

    /// <summary>The others that live, as far as the database answered; null when this process does not.</summary>
    private async Task<HashSet<long>?> BeatAsync(NpgsqlConnection connection, long incarnation)
    {
        using var limit = TimeLimit();
        var asked = Now();
        if (await BeatRows.BeatAsync(connection, incarnation, limit.Token) is not { } beats)
        {
            WasFenced(log);
            await _fenced.CancelAsync();
            return null;
        }

        var living = beats.Keys.ToHashSet();
        foreach (var (silent, beat) in _judge.Judge(asked, Now(), beats))
        {
            if (!await BeatRows.FenceAsync(connection, silent, beat, limit.Token))
                continue;
            Fencing(log, silent, database.Options.Lease.TotalSeconds);
            living.Remove(silent);
        }

        return living;
    }

    private void Compare(HashSet<long> others, Action othersLeft)
    {
        var fewer = _others?.IsSubsetOf(others) != true;
        Volatile.Write(ref _others, others);
        if (fewer)
            othersLeft();
    }

    private async Task UseAsync(Func<NpgsqlConnection, Task> work)
    {
        try
        {
            using var limit = TimeLimit();
            await work(_connection ??= await database.ConnectAloneAsync(limit.Token));
        }
        catch
        {
            _connection?.Dispose();
            _connection = null;
            throw;
        }
    }

    private TimeSpan Now() => time.GetElapsedTime(0);

    private CancellationTokenSource TimeLimit() => new(database.Options.Lease / 2, time);

    private static bool IsAway(Exception exception) =>
        exception is OperationCanceledException || DatabaseFault.IsOfDatabase(exception);

    [LoggerMessage(1, LogLevel.Warning, "The heartbeat does not reach the database. It goes on trying; nobody is judged meanwhile.")]
    private static partial void Away(ILogger log, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "The heartbeat reaches the database again.")]
    private static partial void Back(ILogger log);

    [LoggerMessage(3, LogLevel.Warning, "Fenced off process {Incarnation}, which has been silent for {Seconds} s.")]
    private static partial void Fencing(ILogger log, long incarnation, double seconds);

    [LoggerMessage(4, LogLevel.Critical, "Another process has fenced this one off: it can write nothing any more. Start it again.")]
    private static partial void WasFenced(ILogger log);
}
