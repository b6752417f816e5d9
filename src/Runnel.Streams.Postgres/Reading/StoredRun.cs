using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.Reading;

/// <summary>A segment, or a piece of the journal, as it was read.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Generation">That stream's generation.</param>
/// <param name="Retained">The oldest number that the stream still has.</param>
/// <param name="First">The number of its first entry.</param>
/// <param name="Bytes">See <see cref="SegmentCodec"/>.</param>
internal sealed record StoredRun(StreamName Stream, long Generation, long Retained, long First, byte[] Bytes)
{
    /// <summary>Its events; null when it holds references.</summary>
    public List<StreamEvent>? ReadEvents() => SegmentCodec.ReadEvents(Stream, Generation, First, Bytes);
}
