using System.Collections.Concurrent;
using Runnel.Streams.AspNetCore.Places;

namespace Runnel.Server.Gates;

/// <summary>How many streams readers have open at other servers, as was heard last. Alone it knows of none. Thread-safe.</summary>
/// <param name="places">Who has how many here.</param>
/// <param name="perReader">The most that one reader may have open everywhere.</param>
internal sealed class StreamsElsewhere(StreamPlaces places, int perReader)
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    /// <summary>Asks for the exact number, with the place just taken: whether a reader has no more than they may. Set before the
    /// first stream where there are other servers, or never.</summary>
    public Func<string, CancellationToken, ValueTask<bool>>? Ask { get; set; }

    /// <summary>How many a reader has open elsewhere.</summary>
    public int CountOf(string reader) => _counts.GetValueOrDefault(reader);

    /// <summary>Whether a reader who has just taken a place here has no more than they may. Up to half of that nobody waits for the
    /// answer of another server.</summary>
    public ValueTask<bool> LeaveRoomAsync(string reader, CancellationToken cancellationToken) =>
        Ask is null || places.CountOf(reader) + CountOf(reader) <= perReader / 2
            ? ValueTask.FromResult(true)
            : Ask(reader, cancellationToken);

    public void Hear(string reader, int count)
    {
        if (count > 0 && places.HasAny(reader))
            _counts[reader] = count;
        else
            _counts.TryRemove(reader, out _);
    }
}
