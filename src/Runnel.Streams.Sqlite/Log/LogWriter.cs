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
    private (long Id, CommitPlan Plan)? _doubt;

    /// <summary>Takes the log over from whoever wrote it before.</summary>
    public void Open()
    {
        connection.TakeOver();
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
    /// whether the batch is there, so that nobody is told to repeat what is stored.</summary>
    public void Commit(IReadOnlyList<PendingAppend> appends)
    {
        Resolve();
        var (id, plan) = (_nextId++, new CommitPlan());
        try
        {
            connection.Transact(statements =>
            {
                Write(statements, plan, id, appends);
                _doubt = (id, plan);
            });
        }
        catch (Exception) when (_doubt is not null)
        {
            if (!Resolve())
                throw;
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

    /// <summary>Finds out whether a commit that was not acknowledged is there; true when it is. While that cannot be found out
    /// nothing else is written, else numbers could be given twice.</summary>
    private bool Resolve()
    {
        if (_doubt is not { } doubt)
            return false;
        var isThere = connection.Ask("select 1 from journal where id = @id", ("id", doubt.Id)) is not null;
        _doubt = null;
        if (isThere)
            doubt.Plan.Apply(recent);
        return isThere;
    }
}
