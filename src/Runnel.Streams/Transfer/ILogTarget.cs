namespace Runnel.Streams.Transfer;

/// <summary>An empty log that takes what another one held, within a transaction of its database. Not thread-safe.</summary>
public interface ILogTarget
{
    /// <summary>Writes streams.</summary>
    Task WriteStreamsAsync(IAsyncEnumerable<StreamRecord> streams, CancellationToken cancellationToken);

    /// <summary>Writes segments, of streams that are written.</summary>
    Task WriteSegmentsAsync(IAsyncEnumerable<SegmentRecord> segments, CancellationToken cancellationToken);

    /// <summary>The name of a stream of which not all is there; null when there is none.</summary>
    Task<string?> FindHoleAsync(CancellationToken cancellationToken);
}
