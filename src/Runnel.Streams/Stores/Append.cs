using Runnel.Streams.Events;

namespace Runnel.Streams.Stores;

/// <summary>Events to be appended to one stream, and what commits with them.</summary>
public sealed class Append
{
    /// <summary>An append of the events, in their order. Without events it only makes sure that the stream exists.</summary>
    public Append(StreamName stream, params IReadOnlyList<NewEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        (Stream, Events) = (stream, events);
    }

    /// <summary>The stream.</summary>
    public StreamName Stream { get; }

    /// <summary>The events, in order.</summary>
    public IReadOnlyList<NewEvent> Events { get; }

    /// <summary>The stream of the owner, which gets a reference to each event in the same commit; null for none.</summary>
    /// <exception cref="ArgumentException">It is the stream itself, which would have every event twice.</exception>
    public StreamName? Owner
    {
        get;
        init => field = value != Stream
            ? value
            : throw new ArgumentException("A stream is not its own owner.", nameof(value));
    }

    /// <summary>What commits together with the events; run in order, before the numbers are taken.</summary>
    public IReadOnlyList<Participant> Participants { get; init; } = [];

    /// <summary>Whether the stream ends with this append: whoever has read to here knows that nothing more will come. Later
    /// appends that have events or end it again are refused with <see cref="StreamEndedException"/>; it can still be trimmed
    /// and deleted.</summary>
    public bool EndsStream { get; init; }

    /// <summary>Whether a stream that has ended refuses it.</summary>
    public bool AddsOrEnds => Events.Count > 0 || EndsStream;

    /// <summary>Retention: events of <see cref="Stream"/> up to and with this number are given up. Numbers go on. A number
    /// beyond the last gives up all there is; 0 nothing. Places in owner streams become empty once the store has settled.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public long TrimTo
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Events are numbered from 1.");
    }

    /// <summary>Streams that are deleted with this append, after everything else: they end for whoever follows them, and their
    /// places in owner streams become empty. A stream made again under the same name has another generation. Names of
    /// streams that are not there are ignored.</summary>
    public IReadOnlyList<StreamName> Deletes { get; init; } = [];
}
