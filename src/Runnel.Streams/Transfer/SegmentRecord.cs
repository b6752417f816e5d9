namespace Runnel.Streams.Transfer;

/// <summary>A run of one stream as it is carried from one store to another.</summary>
/// <param name="StreamId">The store's id of the stream.</param>
/// <param name="First">The number of its first entry.</param>
/// <param name="Last">The number of its last entry.</param>
/// <param name="Events">As <see cref="Stores.SegmentCodec"/> writes it.</param>
public sealed record SegmentRecord(long StreamId, long First, long Last, byte[] Events);
