using Runnel.Streams.Events;

namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>What of the entries that were read belongs to a response.</summary>
internal static class Selection
{
    /// <summary>Moves those that are shown to the front.</summary>
    /// <param name="entries">What was read, in order.</param>
    /// <param name="request">What is shown, and after what it ends.</param>
    /// <returns>How many are shown, and whether the last of them ends the response.</returns>
    public static (int Count, bool Ends) Of(Span<LogEntry> entries, EventStreamRequest request)
    {
        if (request.Shows is null && request.EndsAfter is null)
            return (entries.Length, false);
        var count = 0;
        foreach (var entry in entries)
        {
            if (entry.Event is { } hidden && request.Shows?.Invoke(hidden) == false)
                continue;
            entries[count++] = entry;
            if (entry.Event is { } next && request.EndsAfter?.Invoke(next) == true)
                return (count, true);
        }

        return (count, false);
    }
}
