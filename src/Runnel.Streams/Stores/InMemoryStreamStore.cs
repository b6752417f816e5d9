using System.Collections.Concurrent;
using System.Security.Cryptography;
using Runnel.Streams.Events;

namespace Runnel.Streams.Stores;

/// <summary>The log in memory, for tests and for applications that may lose it: it ends with the process and forgets nothing
/// before. It has no tables, so an append with participants is refused.</summary>
internal sealed class InMemoryStreamStore : IStreamStore
{
    private readonly ConcurrentDictionary<StreamName, InMemoryStream> _streams = new();

    public long Incarnation => 1;

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask CommitAsync(IReadOnlyList<PendingAppend> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        foreach (var pending in batch)
        {
            if (pending.Append.Participants.Count > 0)
                pending.Refuse(new NotSupportedException("The store in memory has no tables: appends have no participants."));
            else if (Ended(pending.Append) is { } ended)
                pending.Refuse(new StreamEndedException(ended));
            else
                Place(pending);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<StreamHead?> FindAsync(StreamName stream, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_streams.GetValueOrDefault(stream)?.Head);

    public ValueTask<IReadOnlyList<LogEntry>> ReadAsync(
        StreamName stream, long after, int maxBytes, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_streams.GetValueOrDefault(stream)?.Read(after, maxBytes) ?? []);

    private void Place(PendingAppend pending)
    {
        var append = pending.Append;
        var home = Open(append.Stream);
        var before = home.Head.Last;
        var events = new StreamEvent[append.Events.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = new StreamEvent(append.Stream, before + 1 + i, append.Events[i]) { Generation = home.Head.Generation };
        var (first, last) = home.Add(events);
        var (ownerFirst, ownerLast) = append.Owner is { } owner ? Open(owner).Add(events) : default;
        pending.Place(events, new AppendReceipt(first, last, ownerFirst, ownerLast));
        if (append.TrimTo > 0)
            home.Trim(append.TrimTo);
        if (append.EndsStream)
            home.End();
        foreach (var deleted in append.Deletes)
            Delete(deleted);
    }

    private StreamName? Ended(Append append)
    {
        if (!append.AddsOrEnds)
            return null;
        if (_streams.GetValueOrDefault(append.Stream)?.Head.IsEnded == true)
            return append.Stream;
        return append.Owner is { } owner && _streams.GetValueOrDefault(owner)?.Head.IsEnded == true ? owner : null;
    }

    private void Delete(StreamName name)
    {
        _streams.TryRemove(name, out _);
        foreach (var stream in _streams.Values)
            stream.Empty(name);
    }

    private InMemoryStream Open(StreamName name) =>
        _streams.GetOrAdd(name, static key => new InMemoryStream(key, RandomNumberGenerator.GetInt32(1, int.MaxValue)));
}
