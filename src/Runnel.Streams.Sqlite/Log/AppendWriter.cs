using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>Writes the appends of one transaction, in their order. For each: make sure that its streams exist, run its
/// participants in a savepoint, draw its numbers; then trim, end and delete.</summary>
internal sealed class AppendWriter(
    StatementCache statements, CommitPlan plan, RecentStreams recent, IBufferWriter<byte> batch)
{
    /// <summary>Writes an append and settles it; false when it is refused and nothing was written.</summary>
    public bool TryWrite(PendingAppend pending)
    {
        var append = pending.Append;
        if (append.AddsOrEnds && Ended(append) is { } ended)
            pending.Refuse(new StreamEndedException(ended));
        else if (append.Participants.Count == 0)
            // Nothing can be refused any more, and a savepoint costs more than an append.
            Include(append, made: null);
        else
            RunParticipants(pending);
        if (pending.Failure is not null)
            return false;
        Place(pending);
        Change(append);
        return true;
    }

    /// <summary>The stream of an append that has ended; null when none has.</summary>
    private StreamName? Ended(Append append)
    {
        if (Find(append.Stream) is { Head.IsEnded: true })
            return append.Stream;
        return append.Owner is { } owner && Find(owner) is { Head.IsEnded: true } ? owner : null;
    }

    private void RunParticipants(PendingAppend pending)
    {
        var made = new List<StreamName>();
        statements.Execute("SAVEPOINT append");
        try
        {
            Include(pending.Append, made);
            foreach (var participant in pending.Append.Participants)
                Participants.Run(statements, plan, pending.Append, participant);
        }
        catch (ParticipantRefusedException refusal)
        {
            statements.Execute("ROLLBACK TO append");
            made.ForEach(plan.Exclude);
            pending.Refuse(refusal);
        }

        statements.Execute("RELEASE append");
    }

    private void Include(Append append, List<StreamName>? made)
    {
        Include(append.Stream, made);
        if (append.Owner is { } owner)
            Include(owner, made);
    }

    /// <summary>Brings a stream into the plan; a new one gets its row and a random generation.</summary>
    private void Include(StreamName name, List<StreamName>? made)
    {
        if (Find(name) is not null)
            return;
        var generation = (long)(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) >> 24) + 1;
        var id = Convert.ToInt64(
            statements.Scalar(
                "insert into streams (name, generation) values (@name, @generation) returning id",
                ("name", name.Value), ("generation", generation)),
            CultureInfo.InvariantCulture);
        plan.Include(new StoredStream(id, name, new StreamHead(generation, 1, 0)));
        made?.Add(name);
    }

    /// <summary>A stream as the transaction sees it; null when there is none.</summary>
    private PlannedStream? Find(StreamName name)
    {
        if (plan.Find(name) is { } planned)
            return planned;
        var stored = recent.Find(name) is { } known && !plan.Deletes(known) ? known : Load(name);
        return stored is null ? null : plan.Include(stored);
    }

    private StoredStream? Load(StreamName name)
    {
        using var row = statements.Query(StreamRow.ByName, ("name", name.Value));
        return StreamRow.Read(row);
    }

    private void Place(PendingAppend pending)
    {
        var append = pending.Append;
        var home = plan.Of(append.Stream);
        var owner = append.Owner is { } name ? plan.Of(name) : null;
        var (before, ownerBefore) = (home.Last, owner?.Last ?? 0);
        var events = new StreamEvent[append.Events.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = new StreamEvent(append.Stream, before + 1 + i, append.Events[i]) { Generation = home.Head.Generation };
        home.Add(events, home.Stream.Id);
        owner?.Add(events, home.Stream.Id);
        if (events.Length > 0)
        {
            var place = new JournalPlace(home.Stream.Id, before + 1, owner?.Stream.Id ?? 0, owner is null ? 0 : ownerBefore + 1);
            JournalCodec.Write(batch, place, append.Events);
        }

        pending.Place(events, new AppendReceipt(
            home.CursorAt(before),
            home.CursorAt(home.Last),
            owner?.CursorAt(ownerBefore) ?? default,
            owner?.CursorAt(owner.Last) ?? default));
    }

    private void Change(Append append)
    {
        if (append.TrimTo > 0)
            Trim(plan.Of(append.Stream), append.TrimTo);
        if (append.EndsStream)
            End(plan.Of(append.Stream));
        foreach (var name in append.Deletes)
            Delete(name);
    }

    /// <summary>The row also says that segments have what was given up: the journal's copy of it is passed over.</summary>
    private void Trim(PlannedStream stream, long number)
    {
        stream.TrimTo(number);
        var (id, first) = (stream.Stream.Id, stream.Head.First);
        statements.Execute(
            "update streams set first = @first, last = max(last, @first - 1) where id = @id", ("id", id), ("first", first));
        SegmentTrim.Run(statements, id, first);
    }

    private void End(PlannedStream stream)
    {
        stream.End();
        statements.Execute("update streams set ended = 1 where id = @id", ("id", stream.Stream.Id));
    }

    /// <summary>Its segments go with its row.</summary>
    private void Delete(StreamName name)
    {
        if (Find(name) is not { } stream)
            return;
        statements.Execute("delete from streams where id = @id", ("id", stream.Stream.Id));
        plan.Delete(stream);
    }
}
