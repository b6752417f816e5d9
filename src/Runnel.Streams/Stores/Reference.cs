namespace Runnel.Streams.Stores;

/// <summary>Consecutive events of a home stream, as an owner's stream refers to them.</summary>
/// <param name="HomeId">The store's id of the home stream, never used again.</param>
/// <param name="First">The number of the first event there.</param>
/// <param name="Count">How many events.</param>
public readonly record struct Reference(long HomeId, long First, long Count)
{
    /// <summary>Adds a reference to the end of a list; joined with the one before it where the two are one run.</summary>
    public static void Add(IList<Reference> runs, Reference next)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.Count > 0 && runs[^1].HomeId == next.HomeId && runs[^1].First + runs[^1].Count == next.First)
            runs[^1] = runs[^1] with { Count = runs[^1].Count + next.Count };
        else
            runs.Add(next);
    }
}
