using Npgsql;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Postgres.Metrics;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.Committing;

/// <summary>
/// Commits one batch at a time, on a connection of its own. The row of this process in <c>writers</c> counts its commits: that
/// is the fence, and what tells whether a commit whose answer was lost is there. Used by one thread at a time.
/// </summary>
internal sealed class LogWriter(PostgresDatabase database, SharedLogMetrics metrics) : IDisposable
{
    private const int Tries = 5;

    private NpgsqlConnection? _connection;
    private LostCommit? _doubt;
    private LostCommit? _resolved;
    private long _incarnation;
    private long _batch;

    /// <summary>Which opening of the log this is; 0 before.</summary>
    public long Incarnation => Interlocked.Read(ref _incarnation);

    /// <summary>Called after each commit. What it throws looks as if the acknowledgement was lost: for tests.</summary>
    public Action? AfterCommit { get; set; }

    /// <summary>Makes this process one of those that write, and fences off the one that was called the same before: it waits
    /// until that one's last commit is there or is not.</summary>
    public void Open() => Use(connection =>
    {
        Sql.Execute(connection, "begin");
        var node = database.Options.NodeName;
        Sql.Execute(connection, "delete from writers where fenced and opened_at < now() - interval '7 days' and node <> $1", node);
        Sql.Execute(connection, "update writers set fenced = true where node = $1 and not fenced", node);
        // Those of a version without beats, in an upgrade: nobody could tell when they die.
        Sql.Execute(connection, "update writers set fenced = true where not fenced and incarnation not in (select incarnation from beats)");
        Sql.Execute(connection, "delete from beats where incarnation in (select incarnation from writers where fenced)");
        var made = Sql.Scalar(connection, "insert into writers (node) values ($1) returning incarnation", node);
        Sql.Execute(connection, "insert into beats (incarnation) values ($1)", made!);
        Sql.Execute(connection, "commit");
        Interlocked.Exchange(ref _incarnation, (long)made!);
    });

    /// <summary>Commits a batch. Where the acknowledgement is lost, the count of commits tells whether the batch is there. Where
    /// not even that can be read, the same batch given again asks once more.</summary>
    public void Commit(IReadOnlyList<PendingAppend> appends)
    {
        if (_doubt?.Has(appends) == true || _resolved?.Has(appends) == true)
        {
            Tell(cause: null);
            return;
        }

        Resolve();
        _resolved = null;
        for (var left = Tries; !TryCommit(appends, isLast: left == 1); left--)
        {
            // Another process was faster; what was planned is rolled back.
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private bool TryCommit(IReadOnlyList<PendingAppend> appends, bool isLast)
    {
        try
        {
            Use(connection => Commit(connection, appends));
            return true;
        }
        catch (Exception exception) when (_doubt is null && !isLast
            && (exception is LostRaceException || DatabaseFault.IsLostRace(exception)))
        {
            metrics.LostRace();
            return false;
        }
        catch (Exception exception) when (_doubt is not null)
        {
            Tell(exception);
            return true;
        }
    }

    private void Commit(NpgsqlConnection connection, IReadOnlyList<PendingAppend> appends)
    {
        var transaction = new CommitTransaction(connection, database.Options.Lease, _incarnation, _batch + 1);
        var plan = transaction.Plan(appends);
        if (plan.Placed.Count == 0)
        {
            Sql.Execute(connection, "rollback");
            plan.Settle();
            return;
        }

        transaction.WriteStreams();
        _doubt = new LostCommit(_batch + 1, plan, appends);
        try
        {
            transaction.Commit();
        }
        catch (Exception exception) when (DatabaseFault.IsAnswer(exception))
        {
            _doubt = null;
            throw;
        }

        AfterCommit?.Invoke();
        _doubt = null;
        _batch++;
        plan.Settle();
    }

    /// <summary>Returns when the commit that was not acknowledged is there.</summary>
    private void Tell(Exception? cause)
    {
        try
        {
            Resolve();
        }
        catch (Exception exception)
        {
            throw new StoreUnavailableException(
                $"It is not known whether a commit is stored: {exception.Message}", exception) { MayBeStored = true };
        }

        if (!_resolved!.IsStored)
            throw new StoreUnavailableException($"The commit failed: {cause?.Message ?? "it is not there."}", cause);
    }

    /// <summary>Finds out whether a commit that was not acknowledged is there; where the server still works on it, when it has
    /// ended. While that cannot be found out nothing else is written.</summary>
    private void Resolve()
    {
        if (_doubt is not { } doubt)
            return;
        var committed = 0L;
        Use(connection => committed = (long)(Sql.Scalar(
            connection, "select batch from writers where incarnation = $1 for update", _incarnation)
            ?? throw new StoreUnavailableException("The log has lost what this process has written: its row is gone.")));
        doubt.IsStored = committed >= doubt.Batch;
        (_doubt, _resolved) = (null, doubt);
        if (!doubt.IsStored)
            return;
        _batch = doubt.Batch;
        doubt.Plan.Settle();
    }

    /// <summary>Works on the connection; gives it up, and with it what is open on it, when anything fails.</summary>
    private void Use(Action<NpgsqlConnection> work)
    {
        try
        {
            work(_connection ??= database.ConnectAlone());
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
