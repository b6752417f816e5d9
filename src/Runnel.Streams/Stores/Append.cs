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
}
