namespace Runnel.Streams.Events;

/// <summary>What a store knows of a stream.</summary>
/// <param name="Generation">Random, above 0; new when history was lost.</param>
/// <param name="First">The oldest number that is still retained; <c>Last + 1</c> where none is.</param>
/// <param name="Last">The newest number; 0 where nothing was appended yet.</param>
/// <param name="IsEnded">Whether the stream has ended: nothing is ever added again.</param>
public readonly record struct StreamHead(long Generation, long First, long Last, bool IsEnded = false)
{
    /// <summary>The head after everything up to and with a number was given up.</summary>
    public StreamHead TrimmedTo(long number) => this with { First = Math.Max(First, Math.Min(number, Last) + 1) };
}
