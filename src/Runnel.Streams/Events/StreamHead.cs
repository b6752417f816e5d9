namespace Runnel.Streams.Events;

/// <summary>What a store knows of a stream.</summary>
/// <param name="Generation">Random, above 0; new when history was lost.</param>
/// <param name="First">The oldest number that is still retained; <c>Last + 1</c> where none is.</param>
/// <param name="Last">The newest number; 0 where nothing was appended yet.</param>
public readonly record struct StreamHead(long Generation, long First, long Last);
