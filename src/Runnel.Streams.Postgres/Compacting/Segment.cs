namespace Runnel.Streams.Postgres.Compacting;

/// <summary>A row of <c>segments</c>: a run of one stream.</summary>
internal readonly record struct Segment(long StreamId, long First, long Last, byte[] Events);
