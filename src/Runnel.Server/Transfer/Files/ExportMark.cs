namespace Runnel.Server.Transfer.Files;

/// <summary>A line between rows: one of the three.</summary>
internal sealed record ExportMark
{
    /// <summary>The rows of this table follow.</summary>
    public string? Table { get; init; }

    /// <summary>What the values of those rows are, in order.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The highest id that each table has ever given.</summary>
    public Dictionary<string, long>? Counters { get; init; }

    /// <summary>How many lines came before this last one.</summary>
    public long? Lines { get; init; }

    /// <summary>The SHA-256 of all those lines, with their line ends, in hex.</summary>
    public string? Sha256 { get; init; }
}
