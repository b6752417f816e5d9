using System.Buffers;
using Runnel.Streams.Events;

namespace Runnel.Streams.AspNetCore.Frames;

/// <summary>A projection: turns the entries that one follower reads into frames.</summary>
internal interface IFrames
{
    /// <summary>How many frames it has written.</summary>
    long Count { get; }

    /// <summary>When something that is held back must go out at the latest, as a timestamp; 0 when nothing is.
    /// May be read from any thread.</summary>
    long DueAt { get; }

    /// <summary>Writes entries, in order; may hold the end back until <see cref="DueAt"/>.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<LogEntry> entries, IBufferWriter<byte> output, CancellationToken cancellationToken);

    /// <summary>Writes what is held back, if it is due.</summary>
    ValueTask WriteDueAsync(IBufferWriter<byte> output, CancellationToken cancellationToken);

    /// <summary>Writes what is held back, due or not: nothing follows.</summary>
    ValueTask FinishAsync(IBufferWriter<byte> output, CancellationToken cancellationToken);
}
