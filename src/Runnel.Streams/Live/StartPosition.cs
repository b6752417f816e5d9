using Runnel.Streams.Events;

namespace Runnel.Streams.Live;

/// <summary>Where a follower begins: now, at the oldest event retained, or after a cursor.</summary>
public readonly record struct StartPosition
{
    private StartPosition(bool fromOldest, Cursor? after) => (FromOldest, After) = (fromOldest, after);

    /// <summary>With the next event.</summary>
    public static StartPosition Now => default;

    /// <summary>With the oldest event that is retained.</summary>
    public static StartPosition Oldest => new(true, null);

    /// <summary>Whether everything retained is to be replayed.</summary>
    public bool FromOldest { get; }

    /// <summary>The cursor to resume after; null for now and oldest.</summary>
    public Cursor? After { get; }

    /// <summary>With the first event after a position.</summary>
    public static StartPosition AfterCursor(Cursor cursor) => new(false, cursor);

    /// <summary>Reads what a client sent: nothing is now, <c>0</c> the oldest, else a cursor of that stream. False for anything
    /// else, a cursor of another stream included.</summary>
    public static bool TryParse(string? text, StreamName stream, out StartPosition position)
    {
        position = text == "0" ? Oldest : Now;
        if (string.IsNullOrEmpty(text) || text == "0")
            return true;
        if (!Cursor.TryParse(text, out var cursor) || cursor.Mark != Cursor.MarkOf(stream))
            return false;
        position = AfterCursor(cursor);
        return true;
    }
}
