namespace Runnel.Streams.Transfer;

/// <summary>All that a log holds, as one transaction of its database sees it. Not thread-safe: one call at a time, each read to
/// its end.</summary>
public interface ILogSource
{
    /// <summary>All streams.</summary>
    IAsyncEnumerable<StreamRecord> ReadStreamsAsync(CancellationToken cancellationToken);

    /// <summary>All that the streams still have. The segments of one stream come in order; two may overlap, and one may begin
    /// before the oldest number that its stream retains.</summary>
    /// <exception cref="FormatException">The log is damaged.</exception>
    IAsyncEnumerable<SegmentRecord> ReadSegmentsAsync(CancellationToken cancellationToken);
}
