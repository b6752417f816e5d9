using Runnel.Streams.Events;

namespace Runnel.Streams.Live;

/// <summary>Entries of one stream that were read together, in order.</summary>
internal sealed record StorePage(LiveStream Stream, LogEntry[] Entries)
{
    /// <summary>Where the entry of a number is; null when it is not here.</summary>
    public int? IndexOf(long number)
    {
        var index = number - Entries[0].Number;
        return index >= 0 && index < Entries.Length && Entries[index].Number == number ? (int)index : null;
    }
}
