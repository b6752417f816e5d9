using Runnel.Streams.Events;

namespace Runnel.Streams.Stores;

/// <summary>Where a stream stands after another process has written to it.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Head">Where it stands; a <see cref="StreamHead.Generation"/> of 0 says that it was deleted.</param>
public sealed record StreamMove(StreamName Stream, StreamHead Head)
{
    /// <summary>The events that were told with it, of one run; empty where they are to be read from the store.</summary>
    public IReadOnlyList<StreamEvent> Events { get; init; } = [];

    /// <summary>The number of the first of them, in <see cref="Stream"/>.</summary>
    public long FirstNumber { get; init; }
}
