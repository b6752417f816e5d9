using System.Text.Json;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Streaming;

/// <summary>A stream that a caller may read.</summary>
/// <param name="Name">The stream.</param>
/// <param name="Describe">Writes what the opening event says of it.</param>
internal sealed record FollowedStream(StreamName Name, Action<Utf8JsonWriter> Describe)
{
    /// <summary>Makes the stream, where a reader may be there before its first event; refused where what it is about is gone.
    /// Null for one that is there from the beginning: then it was deleted just now.</summary>
    public Append? Make { get; init; }

    /// <summary>Notes, before it is opened, that it is used.</summary>
    public Func<CancellationToken, Task>? Note { get; init; }
}
