using Runnel.Streams.Events;

namespace Runnel.Streams.Stores;

/// <summary>The stream has ended: nothing can be added to it. Nothing of the append was stored.</summary>
public sealed class StreamEndedException : Exception
{
    /// <summary>Names the stream.</summary>
    public StreamEndedException(StreamName stream)
        : base($"The stream '{stream}' has ended; nothing can be added to it.") => Stream = stream;

    /// <summary>The stream that has ended: the one appended to, or its owner's.</summary>
    public StreamName Stream { get; }
}
