using System.Buffers;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>
/// Commits one batch at a time: a transaction with one row for all of it in the journal. Only after that do its numbers exist
/// for anybody else. Used under the write gate.
/// </summary>
internal sealed class LogWriter(LogConnection connection, RecentStreams recent)
{
    private readonly ArrayBufferWriter<byte> _batch = new();
    private long _nextId;
    private LostCommit? _doubt;
    private LostCommit? _resolved;

    /// <summary>Takes the log over from whoever wrote it before.</summary>
    public void Open()
    {
        connection.TakeOver(recent.LoadJournal);
        _nextId = (connection.Ask("select max(id) from journal") ?? 0) + 1;
    }

    /// <summary>Runs work of the log's own in a transaction.</summary>
    public void Transact(Action<StatementCache> work)
    {
        Resolve();
        connection.Transact(work);
    }

    /// <summary>Empties the write-ahead log into the database; false while somebody reads there.</summary>
    public bool TryTruncateWal() => connection.Ask("PRAGMA wal_checkpoint(TRUNCATE)") == 0;

    /// <summary>Commits a batch. It has an id of its own: where the acknowledgement of the commit is lost, the journal tells
    /// whether the batch is there, so that nobody is told to repeat what is stored. Where not even the journal can be read,
    /// the same batch given again asks once more.</summary>
    public void Commit(IReadOnlyList<PendingAppend> appends)
    {
        if (_doubt?.Has(appends) == true || _resolved?.Has(appends) == true)
        {
            Tell(cause: null);
            return;
        }

        Resolve();
        _resolved = null;
        var (id, plan) = (_nextId++, new CommitPlan(connection.Incarnation));
        try
        {
            connection.Transact(statements =>
            {
                Write(statements, plan, id, appends);
                _doubt = new LostCommit(id, plan, appends);
            });
        }
        catch (Exception exception) when (_doubt is not null)
        {
            Tell(exception);
            return;
        }

        _doubt = null;
        plan.Apply(recent);
    }

    private void Write(StatementCache statements, CommitPlan plan, long id, IReadOnlyList<PendingAppend> appends)
    {
        _batch.ResetWrittenCount();
        JournalCodec.Begin(_batch);
        var writer = new AppendWriter(statements, plan, recent, _batch);
        var isEmpty = true;
        foreach (var append in appends)
            isEmpty &= !writer.TryWrite(append);
        if (isEmpty)
            return;
        plan.JournalBytes = _batch.WrittenCount;
        statements.Run("insert into journal (id, batch) values (?, ?)", [id], _batch.WrittenSpan);
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

    /// <summary>Finds out whether a commit that was not acknowledged is there. While that cannot be found out nothing else is
    /// written, else numbers could be given twice.</summary>
    private void Resolve()
    {
        if (_doubt is not { } doubt)
            return;
        doubt.IsStored = connection.Ask("select 1 from journal where id = @id", ("id", doubt.Id)) is not null;
        (_doubt, _resolved) = (null, doubt);
        if (doubt.IsStored)
            doubt.Plan.Apply(recent);
    }
}
