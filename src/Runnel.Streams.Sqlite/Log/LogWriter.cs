using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Runnel.Streams.Events;
using Runnel.Streams.Sqlite.Database;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>
/// Writes one transaction at a time. For each append of a batch: make sure that its streams exist, run its participants in a
/// savepoint, draw its numbers; then one row for the whole batch into the journal, and commit. Only after that do the numbers
/// exist for anybody else. Used under the write gate.
/// </summary>
internal sealed class LogWriter(SqliteDatabase database, RecentStreams recent) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _batch = new();
    private SqliteConnection? _connection;
    private StatementCache? _statements;

    /// <summary>Runs work in a transaction. When anything fails it is rolled back and the connection given up: after an I/O
    /// error its state is not to be trusted.</summary>
    public void Transact(Action<StatementCache> work)
    {
        _connection ??= database.ConnectUnpooled();
        _statements ??= new StatementCache(_connection);
        try
        {
            _statements.Execute("BEGIN IMMEDIATE");
            work(_statements);
            _statements.Execute("COMMIT");
        }
        catch
        {
            // Closing a connection rolls back what is open on it.
            Dispose();
            throw;
        }
    }

    public void Commit(IReadOnlyList<PendingAppend> appends)
    {
        var plan = new CommitPlan();
        var added = 0;
        Transact(statements =>
        {
            _batch.ResetWrittenCount();
            JournalCodec.Begin(_batch);
            var empty = _batch.WrittenCount;
            foreach (var append in appends)
                Write(statements, plan, append);
            if (_batch.WrittenCount == empty)
                return;
            added = _batch.WrittenCount;
            statements.InsertBlob("insert into journal (batch) values (?)", _batch.WrittenSpan);
        });
        recent.CountJournal(added);
        plan.Apply(recent);
    }

    public void Dispose()
    {
        _statements?.Dispose();
        _connection?.Dispose();
        (_statements, _connection) = (null, null);
    }

    private void Write(StatementCache statements, CommitPlan plan, PendingAppend pending)
    {
        // Nothing but a participant can be refused, and a savepoint costs more than an append.
        if (pending.Append.Participants.Count == 0)
            Include(statements, plan, pending.Append, included: null);
        else if (!TryRunParticipants(statements, plan, pending))
            return;
        Place(plan, pending);
    }

    private bool TryRunParticipants(StatementCache statements, CommitPlan plan, PendingAppend pending)
    {
        var included = new List<StreamName>();
        statements.Execute("SAVEPOINT append");
        try
        {
            Include(statements, plan, pending.Append, included);
            foreach (var participant in pending.Append.Participants)
                Participants.Run(statements, plan, pending.Append, participant);
        }
        catch (ParticipantRefusedException refusal)
        {
            statements.Execute("ROLLBACK TO append");
            included.ForEach(plan.Exclude);
            pending.Refuse(refusal);
        }

        statements.Execute("RELEASE append");
        return pending.Failure is null;
    }

    private void Include(StatementCache statements, CommitPlan plan, Append append, List<StreamName>? included)
    {
        Include(statements, plan, append.Stream, included);
        if (append.Owner is { } owner)
            Include(statements, plan, owner, included);
    }

    /// <summary>Brings a stream into the plan; a new one gets its row and a random generation.</summary>
    private void Include(StatementCache statements, CommitPlan plan, StreamName name, List<StreamName>? included)
    {
        if (plan.Has(name))
            return;
        var stream = recent.Find(name) ?? Load(statements, name);
        if (stream is null)
        {
            var generation = (long)(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) >> 24) + 1;
            var id = Convert.ToInt64(
                statements.Scalar(
                    "insert into streams (name, generation) values (@name, @generation) returning id",
                    ("name", name.Value), ("generation", generation)),
                CultureInfo.InvariantCulture);
            stream = new StoredStream(id, name, new StreamHead(generation, 1, 0));
            included?.Add(name);
        }

        plan.Include(stream);
    }

    /// <summary>A stream of which the journal has nothing, as its row says; null when there is none.</summary>
    private static StoredStream? Load(StatementCache statements, StreamName name)
    {
        using var row = statements.Query(
            "select id, generation, first, last from streams where name = @name", ("name", name.Value));
        return row.Read()
            ? new StoredStream(row.GetInt64(0), name, new StreamHead(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)))
            : null;
    }

    private void Place(CommitPlan plan, PendingAppend pending)
    {
        var append = pending.Append;
        var home = plan.Of(append.Stream);
        var owner = append.Owner is { } name ? plan.Of(name) : null;
        var (before, ownerBefore) = (home.Last, owner?.Last ?? 0);
        var events = new StreamEvent[append.Events.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = new StreamEvent(append.Stream, before + 1 + i, append.Events[i]);
        home.Add(events, home.Stream.Id);
        owner?.Add(events, home.Stream.Id);
        if (events.Length > 0)
        {
            var place = new JournalPlace(home.Stream.Id, before + 1, owner?.Stream.Id ?? 0, owner is null ? 0 : ownerBefore + 1);
            JournalCodec.Write(_batch, place, append.Events);
        }

        pending.Place(events, new AppendReceipt(
            home.CursorAt(before),
            home.CursorAt(home.Last),
            owner?.CursorAt(ownerBefore) ?? default,
            owner?.CursorAt(owner.Last) ?? default));
    }
}
