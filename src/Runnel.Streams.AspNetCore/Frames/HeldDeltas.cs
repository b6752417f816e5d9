using Runnel.Streams.Events;

namespace Runnel.Streams.AspNetCore.Frames;

/// <summary>Adjacent deltas of one text that have not gone out yet.</summary>
/// <param name="After">The number, in the text's own stream, of the event before the first of them.</param>
/// <param name="Last">The last of them.</param>
/// <param name="LastNumber">Its number in the stream that is followed.</param>
internal readonly record struct HeldDeltas(long After, StreamEvent Last, long LastNumber);
