using System.Globalization;

namespace Runnel.Server.Retaining;

/// <summary>Rows of what begins and ends in streams: they also have <c>ended_at</c>, the time.</summary>
/// <param name="Table">The table.</param>
/// <param name="Id">The column that says which stream.</param>
/// <param name="Started">The column with the number before the first event.</param>
/// <param name="Ended">The column with the number of the terminal event.</param>
/// <param name="IsTrimmed">The column that says that it was trimmed.</param>
internal sealed record TrimColumns(string Table, string Id, string Started, string Ended, string IsTrimmed)
{
    /// <summary>Whether ids are numbers.</summary>
    public bool HasNumbers { get; init; }

    /// <summary>In the stream of each.</summary>
    public static TrimColumns Of(string table, string id) =>
        new(table, id, "started_after", "ended_at_event", "is_trimmed");

    /// <summary>In the stream of their owner.</summary>
    public static TrimColumns OfOwner(string table) =>
        new(table, "owner_id", "owner_started_after", "owner_ended_at_event", "is_trimmed_for_owner");

    /// <summary>An id as the database compares it; of the empty text, what sorts before all.</summary>
    public object Value(string id) =>
        !HasNumbers ? id : id.Length == 0 ? long.MinValue : long.Parse(id, CultureInfo.InvariantCulture);
}
