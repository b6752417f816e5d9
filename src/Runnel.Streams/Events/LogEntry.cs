namespace Runnel.Streams.Events;

/// <summary>One place of a stream as a follower meets it.</summary>
/// <param name="Number">The number in the stream that is followed.</param>
/// <param name="Event">The event; null in an owner stream whose event was deleted or trimmed: the place stays, empty.</param>
public readonly record struct LogEntry(long Number, StreamEvent? Event)
{
    /// <summary>Roughly what it holds in memory, in bytes.</summary>
    public int Size => Event?.Size ?? 32;
}
