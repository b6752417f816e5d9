using System.Security.Cryptography;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.Committing;

/// <summary>
/// What a transaction will have changed once it has committed. The rows of its streams are locked, so numbers are drawn here;
/// nobody is told before <see cref="Settle"/>, so that a transaction which fails has taken none, and can be planned anew.
/// </summary>
internal sealed class CommitPlan(long incarnation)
{
    private readonly Dictionary<StreamName, PlannedStream> _streams = [];
    private readonly List<(PendingAppend Pending, StreamEvent[] Events, AppendReceipt Receipt)> _placed = [];
    private readonly List<(PendingAppend Pending, Exception Failure)> _refused = [];
    private readonly List<PlannedStream> _deleted = [];

    public IEnumerable<PlannedStream> Streams => _streams.Values;

    public IReadOnlyList<PlannedStream> Deleted => _deleted;

    /// <summary>The appends that were not refused, in order, with where they landed.</summary>
    public IReadOnlyList<(PendingAppend Pending, StreamEvent[] Events, AppendReceipt Receipt)> Placed => _placed;

    /// <summary>Brings a stream into the plan whose row is locked.</summary>
    public void Include(PlannedStream stream) => _streams[stream.Name] = stream;

    /// <summary>A stream that is there, or was made by an earlier append of the plan; null when there is none.</summary>
    public PlannedStream? Find(StreamName name) => _streams.GetValueOrDefault(name);

    /// <summary>The stream of an append that has ended; null when none has.</summary>
    public StreamName? Ended(Append append)
    {
        if (!append.AddsOrEnds)
            return null;
        if (Find(append.Stream) is { Head.IsEnded: true })
            return append.Stream;
        return append.Owner is { } owner && Find(owner) is { Head.IsEnded: true } ? owner : null;
    }

    /// <summary>The number that a participant asks for, as it will be.</summary>
    public long NumberOf(Append append, EventNumber number) => number switch
    {
        EventNumber.Before => LastOf(append.Stream),
        EventNumber.Last => LastOf(append.Stream) + append.Events.Count,
        EventNumber.OwnerBefore => LastOf(append.Owner
            ?? throw new InvalidOperationException("An append without an owner has no number in the owner's stream.")),
        EventNumber.Incarnation => incarnation,
        _ => throw new ArgumentOutOfRangeException(nameof(number)),
    };

    public void Refuse(PendingAppend pending, Exception failure) => _refused.Add((pending, failure));

    /// <summary>Gives an append its numbers, then trims, ends and deletes.</summary>
    public void Place(PendingAppend pending)
    {
        var append = pending.Append;
        var home = Open(append.Stream);
        var owner = append.Owner is { } name ? Open(name) : null;
        var (before, ownerBefore) = (home.Last, owner?.Last ?? 0);
        var events = new StreamEvent[append.Events.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = new StreamEvent(append.Stream, before + 1 + i, append.Events[i]) { Generation = home.Head.Generation };
        if (events.Length > 0)
        {
            home.Add(append.Events);
            owner?.AddReferences(home, before + 1, events.Length);
        }

        _placed.Add((pending, events, new AppendReceipt(
            home.CursorAt(before),
            home.CursorAt(home.Last),
            owner?.CursorAt(ownerBefore) ?? default,
            owner?.CursorAt(owner.Last) ?? default)));
        Change(append, home);
    }

    /// <summary>After the commit: tells what became of each append.</summary>
    public void Settle()
    {
        foreach (var (pending, events, receipt) in _placed)
            pending.Place(events, receipt);
        foreach (var (pending, failure) in _refused)
            pending.Refuse(failure);
    }

    private void Change(Append append, PlannedStream home)
    {
        if (append.TrimTo > 0)
            home.TrimTo(append.TrimTo);
        if (append.EndsStream)
            home.End();
        foreach (var name in append.Deletes)
        {
            if (_streams.Remove(name, out var deleted))
                _deleted.Add(deleted);
        }
    }

    private long LastOf(StreamName name) => Find(name)?.Last ?? 0;

    /// <summary>A stream that is not there gets a random generation; its row is made when all is planned.</summary>
    private PlannedStream Open(StreamName name)
    {
        if (Find(name) is { } there)
            return there;
        var generation = (long)(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) >> 24) + 1;
        var made = new PlannedStream(name, id: 0, new StreamHead(generation, 1, 0));
        Include(made);
        return made;
    }
}
