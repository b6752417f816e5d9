using Npgsql;
using Runnel.Streams.Events;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.Committing;

/// <summary>
/// One transaction on the connection of the log: lock the streams, run the participants, draw the numbers, write. Without
/// participants and new streams it takes two round trips.
/// </summary>
internal sealed class CommitTransaction(NpgsqlConnection connection, TimeSpan lease, long incarnation, long batch)
{
    private readonly CommitPlan _plan = new(incarnation);

    /// <summary>Begins, and plans all appends; numbers are known then, and nothing of them is written.</summary>
    /// <exception cref="StoreUnavailableException">This process was fenced off.</exception>
    public CommitPlan Plan(IReadOnlyList<PendingAppend> appends)
    {
        Begin(NamesOf(appends));
        foreach (var pending in appends)
        {
            if (_plan.Ended(pending.Append) is { } ended)
                _plan.Refuse(pending, new StreamEndedException(ended));
            else if (Participants.Run(connection, _plan, pending.Append) is { } refusal)
                _plan.Refuse(pending, refusal);
            else
                _plan.Place(pending);
        }

        return _plan;
    }

    /// <summary>Writes all but the journal: rows of streams, and what was given up of their segments.</summary>
    /// <exception cref="LostRaceException">Another process has just made one of the streams.</exception>
    public void WriteStreams()
    {
        var deleted = _plan.Deleted.Where(stream => stream.Id != 0).Select(stream => stream.Id).ToArray();
        if (deleted.Length > 0)
            Sql.Execute(connection, "delete from streams where id = any($1)", deleted);
        var made = _plan.Streams.Where(stream => stream.Id == 0).OrderBy(stream => stream.Name.Value, StringComparer.Ordinal).ToList();
        if (made.Count > 0)
            StreamRows.Insert(connection, made);
        foreach (var stream in _plan.Streams.Where(stream => stream.IsTrimmed))
            SegmentTrim.Run(connection, stream.Id, stream.Head.First);
    }

    /// <summary>Writes the journal, tells the others, and commits.</summary>
    public void Commit()
    {
        using var last = connection.CreateBatch();
        StreamRows.AddUpdate(last, [.. _plan.Streams.Where(stream => stream.IsChanged).OrderBy(stream => stream.Id)]);
        JournalRow.AddInsert(last, _plan);
        CommitNews.AddNotify(last, incarnation, _plan);
        Sql.Add(last, "commit");
        last.ExecuteNonQuery();
    }

    private void Begin(string[] names)
    {
        using var first = connection.CreateBatch();
        Sql.Add(first, "begin");
        // A process that stands still in here holds locks that others wait for, and cannot be fenced off: the server ends it.
        Sql.Add(first, $"set local idle_in_transaction_session_timeout = {(long)lease.TotalMilliseconds}");
        Sql.Add(
            first,
            "update writers set batch = $2 where incarnation = $1 and batch = $2 - 1 and not fenced",
            incarnation, batch);
        StreamRows.AddLock(first, names);
        using (var rows = first.ExecuteReader())
        {
            foreach (var stream in StreamRows.Read(rows))
                _plan.Include(stream);
        }

        if (first.BatchCommands[2].RecordsAffected != 1)
        {
            throw new StoreUnavailableException(
                "Another process has taken over what this one wrote. It can write nothing any more: stop it.");
        }
    }

    private static string[] NamesOf(IReadOnlyList<PendingAppend> appends)
    {
        var names = new HashSet<StreamName>();
        foreach (var pending in appends)
        {
            names.Add(pending.Append.Stream);
            if (pending.Append.Owner is { } owner)
                names.Add(owner);
            names.UnionWith(pending.Append.Deletes);
        }

        return [.. names.Select(name => name.Value)];
    }
}
