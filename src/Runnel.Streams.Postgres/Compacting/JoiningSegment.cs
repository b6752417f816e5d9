using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.Compacting;

/// <summary>A segment that grows by pieces of its kind: events, or references.</summary>
/// <param name="first">The number of its first entry.</param>
internal sealed class JoiningSegment(long first)
{
    private List<NewEvent>? _events;
    private List<Reference>? _references;
    private int _bytes;

    public long Last { get; private set; } = first - 1;

    /// <summary>Adds a piece; false when it is of the other kind, or would make the segment too large.</summary>
    public bool TryAdd(ReadOnlyMemory<byte> piece, int maxBytes)
    {
        if (_bytes > 0 && _bytes + piece.Length > maxBytes)
            return false;
        return SegmentCodec.ReadEvents(piece) is { } events
            ? TryAdd(events, piece.Length)
            : TryAdd(SegmentCodec.ReadReferences(piece), piece.Length);
    }

    /// <summary>The row, without events before the oldest number that is retained.</summary>
    public Segment Encode(long streamId, long oldest)
    {
        if (_events is null)
            return new Segment(streamId, first, Last, SegmentCodec.Write(_references!));
        var begin = Math.Max(first, oldest);
        return new Segment(streamId, begin, Last, SegmentCodec.Write([.. _events.Skip((int)(begin - first))]));
    }

    private bool TryAdd(List<NewEvent> events, int bytes)
    {
        if (_references is not null)
            return false;
        (_events ??= []).AddRange(events);
        Grow(events.Count, bytes);
        return true;
    }

    private bool TryAdd(List<Reference> references, int bytes)
    {
        if (_events is not null)
            return false;
        _references ??= [];
        foreach (var run in references)
            Reference.Add(_references, run);
        Grow(references.Sum(run => run.Count), bytes);
        return true;
    }

    private void Grow(long count, int bytes) => (Last, _bytes) = (Last + count, _bytes + bytes);
}
